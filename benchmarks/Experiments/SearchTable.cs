using System.Globalization;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>Prints outcomes as rows of a Markdown table, and their means.</summary>
internal sealed class SearchTable
{
    private readonly string _set;
    private readonly Search _search;
    private readonly Dictionary<string, List<Outcome>> _outcomes = [];

    public SearchTable(string set, Search search)
    {
        (_set, _search) = (set, search);
        Console.WriteLine($"| data set | way | seed | trials | of them pruned | {search.Metric}, validation | {search.Metric}, test | accuracy, test |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
    }

    public void Add(string way, int seed, Outcome outcome)
    {
        if (!_outcomes.TryGetValue(way, out List<Outcome>? list)) _outcomes.Add(way, list = []);
        list.Add(outcome);
        Print(_set, way, seed.ToString(CultureInfo.InvariantCulture), [outcome], "F0");
    }

    public void AddMeans()
    {
        foreach ((string way, List<Outcome> outcomes) in _outcomes) Print($"**{_set}, mean**", way, "", outcomes, "F1");
    }

    public IReadOnlyList<Outcome> Of(string way) => _outcomes[way];

    private void Print(string set, string way, string seed, IReadOnlyCollection<Outcome> outcomes, string count)
    {
        string Metric(Func<Outcome, double> of) => _search.IsMaximize ? Percent(outcomes.Average(of)) : outcomes.Average(of).ToString("F4");
        string trials = outcomes.Average(o => o.Trials).ToString(count), pruned = outcomes.Average(o => o.Pruned).ToString(count);
        string metrics = $"{Metric(o => o.Validation)} | {Metric(o => o.Test)} | {Percent(outcomes.Average(o => o.Accuracy))}";
        Console.WriteLine($"| {set} | {way} | {seed} | {trials} | {pruned} | {metrics} |");
    }

    private static string Percent(double share) => (100 * share).ToString("F2");
}
