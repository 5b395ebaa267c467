// Trains on real data sets and prints a table row for each, with ML.NET's linear pipeline on the same split beside it.
//   dotnet run -c Release --project benchmarks/Accuracy -- --data FOLDER --set sst2 --set ewt … [--seed 1 --seed 2 --seed 3] [--threads 0] [--with Network.Cell=Gru …] [--quantize]
using System.CommandLine;
using MlNetRnn.Accuracy;
using MlNetRnn.Accuracy.Tagging;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder of the data sets: one folder each, files plain or gzipped.", Required = true };
var sets = new Option<string[]>("--set") { Description = $"Which: {string.Join(", ", DataSets.KnownNames)}; tagged: {string.Join(", ", TaggedSets.KnownNames)}.", Required = true };
var seeds = new Option<int[]>("--seed") { Description = "One training for each seed.", DefaultValueFactory = _ => [1] };
var threads = new Option<int>("--threads") { Description = "Threads for training; 0 for one per core." };
var with = new Option<string[]>("--with") { Description = "An option set to another value than the default, e.g. Network.Cell=Gru or Training.MaxEpochs=5.", DefaultValueFactory = _ => [] };
string[] known = [.. DataSets.KnownNames, .. TaggedSets.KnownNames];
var withoutLinear = new Option<bool>("--without-linear") { Description = "Leave ML.NET's linear pipeline out." };
var quantize = new Option<bool>("--quantize") { Description = "Measure each model with 8-bit weights, too." };
sets.AcceptOnlyFromAmong(known);

var root = new RootCommand("Accuracy on real data sets, beside ML.NET's linear pipeline.") { data, sets, seeds, threads, with, withoutLinear, quantize };
root.SetAction(result =>
{
    DirectoryInfo folder = result.GetRequiredValue(data);
    int[] wantedSeeds = result.GetRequiredValue(seeds);
    string[] wanted = result.GetRequiredValue(sets), changes = result.GetRequiredValue(with);
    void Table(string header, IEnumerable<string> names, Func<string, (Func<int, IEnumerable<string>> Ours, Func<string> Linear)> runner)
    {
        if (!names.Any()) return;
        Console.WriteLine(header);
        foreach (string name in names)
        {
            (Func<int, IEnumerable<string>> ours, Func<string> linear) = runner(name);
            foreach (string row in wantedSeeds.SelectMany(ours)) Console.WriteLine(row);
            if (!result.GetValue(withoutLinear)) Console.WriteLine(linear());
        }
    }
    Table(Runner.Header, wanted.Intersect(DataSets.KnownNames), name =>
    {
        var runner = new Runner(name, DataSets.Load(name, folder));
        return (seed => runner.Recurrent(seed, result.GetValue(threads), changes, result.GetValue(quantize)), runner.Linear);
    });
    Table(TaggingRunner.Header, wanted.Intersect(TaggedSets.KnownNames), name =>
    {
        var runner = new TaggingRunner(name, TaggedSets.Load(name, folder));
        return (seed => runner.Recurrent(seed, result.GetValue(threads), changes, result.GetValue(quantize)), runner.Window);
    });
});
return root.Parse(args).Invoke();
