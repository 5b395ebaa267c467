// Ratios between ways of doing the same, taken in turns in one process, so that a noisy machine disturbs both alike.
//   dotnet run -c Release --project benchmarks/Speed [-- --rounds 7 --threads 1 --part training]  (or --part memory, --part scoring-memory, --part peers)
using System.CommandLine;
using MlNetRnn.Benchmarks;

var rounds = new Option<int>("--rounds") { Description = "How often each way is timed.", DefaultValueFactory = _ => 7 };
var threads = new Option<int>("--threads") { Description = "Threads for both ways of training.", DefaultValueFactory = _ => 1 };
var rows = new Option<int>("--rows") { Description = "Rows of an epoch of training and of a Transform.", DefaultValueFactory = _ => 10_000 };

var parts = new Option<string[]>("--part")
{
    Description = "Which parts; if not given all but memory, scoring-memory and soak, which want a process for themselves, floor (what the machine gives), distributions (BenchmarkDotNet), and peers, which need PyTorch (benchmarks/Peers).",
    DefaultValueFactory = _ => ["training", "engine", "transform", "load", "tagging"],
};
parts.AcceptOnlyFromAmong("training", "engine", "transform", "load", "tagging", "memory", "scoring-memory", "soak", "floor", "distributions", "peers");
var megaBytes = new Option<int[]>("--mega-bytes") { Description = "Sizes of the models that are loaded.", DefaultValueFactory = _ => [1, 10, 100] };
var python = new Option<string>("--python") { Description = "The Python that has PyTorch.", DefaultValueFactory = _ => "/usr/bin/python3" };

var epochs = new Option<int>("--epochs") { Description = "Epochs of the soak.", DefaultValueFactory = _ => 50 };
var predictions = new Option<int>("--predictions") { Description = "Predictions of the soak.", DefaultValueFactory = _ => 1_000_000 };

var picture = new Option<DirectoryInfo?>("--picture") { Description = "A folder that receives every table as a picture." };

var root = new RootCommand("Speed of training and scoring against the plain way and against what else there is.") { rounds, threads, rows, parts, megaBytes, python, epochs, predictions, picture };
root.SetAction(result =>
{
    Turns.Pictures = result.GetValue(picture);
    string[] chosen = result.GetRequiredValue(parts);
    // Alone in its process, so that what it needs is its own.
    if (chosen is ["memory"])
    {
        TrainingMemory.Run(tokens: 5_000_000);
        return 0;
    }
    var workload = new Workload(result.GetValue(rows));
    int times = result.GetValue(rounds);
    if (chosen.Contains("training")) TrainingSpeed.Run(workload, times, result.GetValue(threads));
    if (chosen.Contains("engine")) EngineSpeed.Run(workload, times);
    if (chosen.Contains("transform")) TransformSpeed.Run(workload, times);
    if (chosen.Contains("load")) foreach (int size in result.GetRequiredValue(megaBytes)) LoadSpeed.Run(workload, times, size);
    if (chosen.Contains("tagging")) TaggingSpeed.Run(workload, times, result.GetValue(threads));
    if (chosen.Contains("scoring-memory")) ScoringMemory.Run(workload);
    if (chosen.Contains("floor")) Floor.Run();
    if (chosen.Contains("distributions")) Distributions.Run(isTiny: times == 1);
    if (chosen.Contains("peers")) PeerSpeed.Run(workload, times, result.GetValue(threads), result.GetRequiredValue(python));
    return !chosen.Contains("soak") || Soak.Run(workload, result.GetValue(epochs), result.GetValue(predictions)) ? 0 : 1;
});
return root.Parse(args).Invoke();
