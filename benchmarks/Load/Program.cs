// Tests samples/Serving under load, in a separate process: measures latency and memory, and compares every answer with the offline prediction. Repeats
// this while the model file is replaced, and while other clients send malformed, oversized or slow requests. Returns exit code 1 if an answer was wrong,
// a request failed, or the memory of the service grew.
//   dotnet run -c Release --project benchmarks/Load [-- --clients 8 --seconds 60]
using System.CommandLine;
using MlNetRnn.LoadTest;

var clients = new Option<int>("--clients") { Description = "Number of concurrent clients.", DefaultValueFactory = _ => 8 };
var seconds = new Option<int>("--seconds") { Description = "Duration of each part in seconds.", DefaultValueFactory = _ => 60 };

var root = new RootCommand("Tests the web service under load: latency, correct answers and memory.") { clients, seconds };
root.SetAction(async (result, stop) =>
{
    int count = result.GetValue(clients);
    TimeSpan time = TimeSpan.FromSeconds(result.GetValue(seconds));
    using var models = new Models();
    using Service service = await Service.Start(models, stop);
    // In a short run, the memory of the service still grows to its working size.
    bool isLong = time >= TimeSpan.FromSeconds(30);
    var verdict = new Verdict();
    Console.WriteLine($"{count} clients, {time.TotalSeconds:F0} s per part\n");
    Console.WriteLine("| part | requests/s | texts/s | median ms | 90 % | 99 % | 99.9 % | longest | refused, as expected | failed | wrong "
        + "| service MB, before -> after |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
    await new Part("warm-up", service, models, count).Run(time / 10, stop);
    verdict.Add(await new Part("steady", service, models, count).Run(time, stop), isLong);
    var replacing = new Part("model file replaced every two seconds", service, models, count) { IsReplacing = true };
    verdict.Add(await replacing.Run(time, stop), isMemoryJudged: false);
    var hostile = new Part("with additional malformed, oversized and slow requests", service, models, count) { IsHostile = true };
    verdict.Add(await hostile.Run(time, stop), isLong);
    Console.WriteLine($"\n{verdict}");
    return verdict.IsGood ? 0 : 1;
});
return root.Parse(args).Invoke();
