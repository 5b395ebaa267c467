// Trains on real data sets and prints a table row for each, with ML.NET's linear pipeline on the same split beside it.
//   dotnet run -c Release --project benchmarks/Accuracy -- --data FOLDER [--set sst2 --set trec6] [--seed 1 --seed 2 --seed 3] [--threads 0]
using System.CommandLine;
using MlNetRnn.Accuracy;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder of the data sets: one folder each, files plain or gzipped.", Required = true };
var sets = new Option<string[]>("--set") { Description = $"Which: {string.Join(", ", DataSets.Names)}; all if not given.", DefaultValueFactory = _ => [.. DataSets.Names] };
var seeds = new Option<int[]>("--seed") { Description = "One training for each seed.", DefaultValueFactory = _ => [1] };
var threads = new Option<int>("--threads") { Description = "Threads for training; 0 for one per core." };
var epochs = new Option<int?>("--epochs") { Description = "At most so many epochs; the library's default if not given." };
var with = new Option<string[]>("--with") { Description = "An option set to another value than the default, e.g. Network.Cell=Gru or Training.Schedule=Linear.", DefaultValueFactory = _ => [] };
sets.AcceptOnlyFromAmong([.. DataSets.Names]);

var root = new RootCommand("Accuracy on real data sets, beside ML.NET's linear pipeline.") { data, sets, seeds, threads, epochs, with };
root.SetAction(result =>
{
    Console.WriteLine("| data set | rows train / test | seed | micro-accuracy | log-loss | training s | tokens/s | scoring rows/s |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|");
    foreach (string name in result.GetRequiredValue(sets))
    {
        DataSet set = DataSets.Load(name, result.GetRequiredValue(data));
        foreach (int seed in result.GetRequiredValue(seeds)) Console.WriteLine(Runner.Recurrent(name, set, seed, result.GetValue(threads), result.GetValue(epochs), result.GetRequiredValue(with)));
        Console.WriteLine(Runner.Linear(name, set));
    }
});
return root.Parse(args).Invoke();
