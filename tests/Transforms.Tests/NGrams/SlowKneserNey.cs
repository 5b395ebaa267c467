namespace MlNetRnn.Transforms.Tests.NGrams;

/// <summary>Interpolated modified Kneser-Ney smoothing as Chen and Goodman (1999) define it, with no thought of speed.</summary>
internal sealed class SlowKneserNey
{
    private readonly int _symbols, _order, _minimumCount;
    private readonly List<(string Context, int Symbol)>[] _occurrences;      // for each length of a context
    private readonly Dictionary<(string Context, int Symbol), int>[] _counts;

    public SlowKneserNey(int[] text, int symbols, int order, int minimumCount)
    {
        (_symbols, _order, _minimumCount) = (symbols, order, minimumCount);
        _occurrences = [.. Enumerable.Range(0, order).Select(_ => new List<(string, int)>())];
        int[] after = [0, .. text];      // the text follows a boundary
        for (int i = 1; i < after.Length; i++)
            for (int length = 0; length < order && length <= i && !after[(i - length)..i].Skip(1).Contains(0); length++)
                _occurrences[length].Add((Join(after[(i - length)..i]), after[i]));
        _counts = [.. Enumerable.Range(0, order).Select(CountsOf)];
    }

    public double Probability(int[] context, int symbol)
    {
        int boundary = Array.LastIndexOf(context, 0);
        if (boundary >= 0) context = context[boundary..];
        return Probability(Join(context[^Math.Min(context.Length, _order - 1)..]), symbol, Math.Min(context.Length, _order - 1));
    }

    private double Probability(string context, int symbol, int length)
    {
        double lower = length == 0 ? 1.0 / _symbols : Probability(WithoutOldest(context), symbol, length - 1);
        var counts = _counts[length].Where(entry => entry.Key.Context == context).ToDictionary(entry => entry.Key.Symbol, entry => entry.Value);
        if (counts.Count == 0) return lower;
        double total = counts.Values.Sum();
        double Left(int count) => length >= 2 && count < _minimumCount ? 0 : count - Discount(length, count);
        return (counts.TryGetValue(symbol, out int own) ? Left(own) / total : 0) + (1 - counts.Values.Sum(Left) / total) * lower;
    }

    private Dictionary<(string Context, int Symbol), int> CountsOf(int length) => _occurrences[length]
        .GroupBy(gram => gram)
        .ToDictionary(group => group.Key, group => length == _order - 1 || group.Key.Context.StartsWith("0,", StringComparison.Ordinal)
            ? group.Count()
            : _occurrences[length + 1].Distinct().Count(longer => longer.Symbol == group.Key.Symbol && WithoutOldest(longer.Context) == group.Key.Context));

    private double Discount(int length, int count)
    {
        double N(int i) => _counts[length].Values.Count(value => value == i);
        double y = N(1) / (N(1) + 2 * N(2));
        int limit = Math.Min(count, 3);
        double discount = limit - (limit + 1) * y * N(limit + 1) / N(limit);
        return discount > 0 && discount < limit ? discount : limit * 0.5;
    }

    private static string Join(int[] symbols) => string.Concat(symbols.Select(symbol => $"{symbol},"));

    private static string WithoutOldest(string context) => context[(context.IndexOf(',') + 1)..];
}
