// Trains on real data sets and prints a table row for each, with ML.NET's linear pipeline on the same split beside it.
//   dotnet run -c Release --project benchmarks/Accuracy -- --data FOLDER [--set sst2 --set trec6 …] [--seed 1 --seed 2 --seed 3] [--threads 0] [--with Network.Cell=Gru …]
using System.CommandLine;
using MlNetRnn.Accuracy;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder of the data sets: one folder each, files plain or gzipped.", Required = true };
var sets = new Option<string[]>("--set") { Description = $"Which: {string.Join(", ", DataSets.KnownNames)}; all if not given.", DefaultValueFactory = _ => [.. DataSets.KnownNames] };
var seeds = new Option<int[]>("--seed") { Description = "One training for each seed.", DefaultValueFactory = _ => [1] };
var threads = new Option<int>("--threads") { Description = "Threads for training; 0 for one per core." };
var with = new Option<string[]>("--with") { Description = "An option set to another value than the default, e.g. Network.Cell=Gru or Training.MaxEpochs=5.", DefaultValueFactory = _ => [] };
var withoutLinear = new Option<bool>("--without-linear") { Description = "Leave ML.NET's linear pipeline out." };
sets.AcceptOnlyFromAmong([.. DataSets.KnownNames]);

var root = new RootCommand("Accuracy on real data sets, beside ML.NET's linear pipeline.") { data, sets, seeds, threads, with, withoutLinear };
root.SetAction(result =>
{
    Console.WriteLine(Runner.Header);
    foreach (string name in result.GetRequiredValue(sets))
    {
        var runner = new Runner(name, DataSets.Load(name, result.GetRequiredValue(data)));
        foreach (int seed in result.GetRequiredValue(seeds)) Console.WriteLine(runner.Recurrent(seed, result.GetValue(threads), result.GetRequiredValue(with)));
        if (!result.GetValue(withoutLinear)) Console.WriteLine(runner.Linear());
    }
});
return root.Parse(args).Invoke();
