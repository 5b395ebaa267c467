// Ratios between ways of doing the same, taken in turns in one process, so that a noisy machine disturbs both alike.
//   dotnet run -c Release --project benchmarks/Speed [-- --rounds 7 --threads 1 --part training]  (or --part memory)
using System.CommandLine;
using MlNetRnn.Benchmarks;

var rounds = new Option<int>("--rounds") { Description = "How often each way is timed.", DefaultValueFactory = _ => 7 };
var threads = new Option<int>("--threads") { Description = "Threads for both ways of training.", DefaultValueFactory = _ => 1 };
var rows = new Option<int>("--rows") { Description = "Rows of an epoch of training and of a Transform.", DefaultValueFactory = _ => 10_000 };

var parts = new Option<string[]>("--part") { Description = "Which parts; if not given all but memory, which takes minutes.", DefaultValueFactory = _ => ["training", "engine", "transform", "tagging"] };
parts.AcceptOnlyFromAmong("training", "engine", "transform", "tagging", "memory");

var root = new RootCommand("Speed of training and scoring against the plain way.") { rounds, threads, rows, parts };
root.SetAction(result =>
{
    string[] chosen = result.GetRequiredValue(parts);
    // Alone in its process, so that what it needs is its own.
    if (chosen is ["memory"])
    {
        TrainingMemory.Run(tokens: 5_000_000);
        return;
    }
    var workload = new Workload(result.GetValue(rows));
    if (chosen.Contains("training")) TrainingSpeed.Run(workload, result.GetValue(rounds), result.GetValue(threads));
    if (chosen.Contains("engine")) EngineSpeed.Run(workload, result.GetValue(rounds));
    if (chosen.Contains("transform")) TransformSpeed.Run(workload, result.GetValue(rounds));
    if (chosen.Contains("tagging")) TaggingSpeed.Run(workload, result.GetValue(rounds), result.GetValue(threads));
});
return root.Parse(args).Invoke();
