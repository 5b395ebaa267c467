// A load on samples/Serving from a second process: latency, every answer compared with the offline prediction, memory; then with the model file replaced under way,
// and with requests that are malformed, oversized or slow. Exit code 1 where an answer was wrong, the service failed, or its memory grew.
//   dotnet run -c Release --project benchmarks/Load [-- --clients 8 --seconds 60]
using System.CommandLine;
using MlNetRnn.LoadTest;

var clients = new Option<int>("--clients") { Description = "How many clients ask at once.", DefaultValueFactory = _ => 8 };
var seconds = new Option<int>("--seconds") { Description = "How long each part takes.", DefaultValueFactory = _ => 60 };

var root = new RootCommand("A service under load.") { clients, seconds };
root.SetAction(async (result, stop) =>
{
    int count = result.GetValue(clients);
    TimeSpan time = TimeSpan.FromSeconds(result.GetValue(seconds));
    using var models = new Models();
    using Service service = await Service.Start(models, stop);
    // In a few seconds a service has not taken yet what it needs.
    bool isLong = time >= TimeSpan.FromSeconds(30);
    var verdict = new Verdict();
    Console.WriteLine($"{count} clients, {time.TotalSeconds:F0} s a part\n\n| part | requests/s | texts/s | median ms | 90 % | 99 % | 99.9 % | longest | refused, as is right | failed | wrong | service MB, before -> after |\n|---|---|---|---|---|---|---|---|---|---|---|---|");
    await new Part("warm-up", service, models, count).Run(time / 10, stop);
    verdict.Add(await new Part("steady", service, models, count).Run(time, stop), isLong);
    verdict.Add(await new Part("model file replaced every two seconds", service, models, count) { IsReplacing = true }.Run(time, stop), isMemoryJudged: false);
    verdict.Add(await new Part("beside malformed, oversized and slow requests", service, models, count) { IsHostile = true }.Run(time, stop), isLong);
    Console.WriteLine($"\n{verdict}");
    return verdict.IsGood ? 0 : 1;
});
return root.Parse(args).Invoke();
