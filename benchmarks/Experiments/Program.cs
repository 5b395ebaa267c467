// Searches options on real data sets with one tuner and another, and prints a row of a Markdown table for each run; or measures what an experiment costs beside the bare training of its trials.
//   dotnet run -c Release --project benchmarks/Experiments -- --data FOLDER --set trec6 --set ewt2000 [--seconds 300] [--seed 1 --seed 2 --seed 3] [--parallel 2] [--way random --way tpe-halving] [--picture FOLDER]
//   dotnet run -c Release --project benchmarks/Experiments -- --data FOLDER --set trec6 --overhead 5
using System.CommandLine;
using System.Globalization;
using MlNetRnn.ExperimentBenchmarks;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder of the data sets: one folder each, files plain or gzipped.", Required = true };
var sets = new Option<string[]>("--set") { Description = $"Which: {string.Join(", ", Searches.KnownNames)}.", Required = true };
var seconds = new Option<int>("--seconds") { Description = "The budget of a run.", DefaultValueFactory = _ => 300 };
var seeds = new Option<int[]>("--seed") { Description = "A run for each seed and way.", DefaultValueFactory = _ => [1, 2, 3] };
var parallel = new Option<int>("--parallel") { Description = "How many trials run at once.", DefaultValueFactory = _ => 1 };
var ways = new Option<string[]>("--way") { Description = $"Tuners and pruners: {string.Join(", ", Way.All.Select(way => way.Name))}.", DefaultValueFactory = _ => ["random", "tpe-halving"] };
var picture = new Option<DirectoryInfo?>("--picture") { Description = "A folder that receives the curves as pictures." };
var overhead = new Option<int>("--overhead") { Description = "Measure the overhead of an experiment of so many trials instead." };
sets.AcceptOnlyFromAmong([.. Searches.KnownNames]);
ways.AcceptOnlyFromAmong([.. Way.All.Select(way => way.Name)]);

var root = new RootCommand("What a search finds in a time, and what it costs.") { data, sets, seconds, seeds, parallel, ways, picture, overhead };
root.SetAction(result =>
{
    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    bool isOverhead = result.GetValue(overhead) > 0;
    Console.WriteLine(isOverhead
        ? "| data set | trials | experiment s | of that outside the trials s | bare Fit s | Fit and measuring s | overhead |\n|---|---|---|---|---|---|---|"
        : "| data set | way | seed | trials | of them pruned | best, validation | best, test |\n|---|---|---|---|---|---|---|");
    foreach (string set in result.GetRequiredValue(sets))
    {
        Search search = Searches.Load(set, result.GetRequiredValue(data));
        if (isOverhead)
        {
            (double all, double outside, double fit, double measured) = search.Overhead(result.GetValue(overhead), result.GetRequiredValue(seeds)[0]);
            Console.WriteLine($"| {set} | {result.GetValue(overhead)} | {all:F1} | {outside:F2} | {fit:F1} | {measured:F1} | {100 * (all / measured - 1):F1} % |");
            continue;
        }
        Way[] wanted = [.. result.GetRequiredValue(ways).Select(name => Way.All.First(way => way.Name == name))];
        var defaults = new List<(double Validation, double Test)>();
        var outcomes = wanted.ToDictionary(way => way.Name, _ => new List<Outcome>());
        foreach (int seed in result.GetRequiredValue(seeds))
        {
            (double validation, double test, double took) = search.Defaults(seed);
            defaults.Add((validation, test));
            Console.WriteLine($"| {set} | defaults ({took:F0} s) | {seed} | 1 | | {100 * validation:F2} | {100 * test:F2} |");
            // Ways take turns, so that whatever else the machine does meets all of them.
            foreach (Way way in wanted)
            {
                Outcome outcome = search.Run(result.GetValue(seconds), seed, result.GetValue(parallel), way);
                outcomes[way.Name].Add(outcome);
                Console.WriteLine($"| {set} | {way.Name} | {seed} | {outcome.Trials} | {outcome.Pruned} | {100 * outcome.Validation:F2} | {100 * outcome.Test:F2} |");
            }
        }
        Console.WriteLine($"| **{set}, mean** | defaults | | 1 | | {100 * defaults.Average(d => d.Validation):F2} | {100 * defaults.Average(d => d.Test):F2} |");
        foreach (Way way in wanted)
            Console.WriteLine($"| **{set}, mean** | {way.Name} | | {outcomes[way.Name].Average(o => o.Trials):F1} | {outcomes[way.Name].Average(o => o.Pruned):F1} | {100 * outcomes[way.Name].Average(o => o.Validation):F2} | {100 * outcomes[way.Name].Average(o => o.Test):F2} |");
        if (result.GetValue(picture) is { } folder)
        {
            folder.Create();
            Curves.Draw(set, result.GetValue(seconds), [.. wanted.Select(way => (way.Name, (IReadOnlyList<Outcome>)outcomes[way.Name]))], Path.Combine(folder.FullName, $"search-{set}.png"));
        }
    }
});
return root.Parse(args).Invoke();
