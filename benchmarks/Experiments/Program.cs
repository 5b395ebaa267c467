// Searches options on real data sets with several tuners and pruners, and prints a row of a Markdown table for each run; or measures the overhead of an
// experiment over the training of its trials.
//   dotnet run -c Release --project benchmarks/Experiments -- --data FOLDER --set trec6 --set ewt2000 [--seconds 300] [--seed 1 --seed 2 --seed 3]
//     [--parallel 2] [--way random --way tpe-halving] [--picture FOLDER]
//   dotnet run -c Release --project benchmarks/Experiments -- --data FOLDER --set trec6 --overhead 5 [--rounds 3]
using System.CommandLine;
using System.Globalization;
using MlNetRnn.ExperimentBenchmarks;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder of the data sets: one folder each, files plain or gzipped.", Required = true };
var sets = new Option<string[]>("--set") { Description = $"The data sets: {string.Join(", ", Searches.KnownNames)}.", Required = true };
var seconds = new Option<int>("--seconds") { Description = "The duration of a search in seconds.", DefaultValueFactory = _ => 300 };
var seeds = new Option<int[]>("--seed") { Description = "Seeds; one search for each seed and way.", DefaultValueFactory = _ => [1, 2, 3] };
var parallel = new Option<int>("--parallel") { Description = "Number of trials at once.", DefaultValueFactory = _ => 1 };
var ways = new Option<string[]>("--way")
{
    Description = $"Tuners and pruners: {string.Join(", ", Way.All.Select(way => way.Name))}.",
    DefaultValueFactory = _ => ["random", "tpe-halving"],
};
var picture = new Option<DirectoryInfo?>("--picture") { Description = "A folder for pictures of the curves." };
var rounds = new Option<int>("--rounds") { Description = "Number of times that the overhead is measured.", DefaultValueFactory = _ => 3 };
var overhead = new Option<int>("--overhead") { Description = "Measures the overhead of an experiment with this number of trials instead." };
sets.AcceptOnlyFromAmong([.. Searches.KnownNames]);
ways.AcceptOnlyFromAmong([.. Way.All.Select(way => way.Name)]);

var root = new RootCommand("Measures the results of searches of a given duration, and their overhead.")
{
    data, sets, seconds, seeds, parallel, ways, picture, overhead, rounds,
};
root.SetAction(result =>
{
    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    foreach (string set in result.GetRequiredValue(sets))
    {
        Search search = Searches.Load(set, result.GetRequiredValue(data));
        if (result.GetValue(overhead) > 0)
            Overheads.Print(set, search.Overhead(result.GetValue(overhead), result.GetValue(rounds), result.GetRequiredValue(seeds)[0]));
        else Compare(set, search, result);
    }
});
return root.Parse(args).Invoke();

void Compare(string set, Search search, ParseResult result)
{
    var table = new SearchTable(set, search);
    Way[] wanted = [.. result.GetRequiredValue(ways).Select(name => Way.All.First(way => way.Name == name))];
    foreach (int seed in result.GetRequiredValue(seeds))
    {
        table.Add("defaults", seed, search.Defaults(seed));
        // Ways take turns, so that other work on the machine affects all of them.
        foreach (Way way in wanted) table.Add(way.Name, seed, search.Run(result.GetValue(seconds), seed, result.GetValue(parallel), way));
    }
    table.AddMeans();
    if (result.GetValue(picture) is not { } folder) return;
    folder.Create();
    Curves.Draw(set, search.Metric, result.GetValue(seconds), [.. wanted.Select(way => (way.Name, table.Of(way.Name)))],
        Path.Combine(folder.FullName, $"search-{set}.png"));
}
