using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>A confusion matrix of tags: the number of tokens for each pair of a true tag and a predicted tag.</summary>
public sealed class RnnTagConfusionMatrix
{
    private const int ShownTags = 12;
    private readonly Dictionary<(string Actual, string Predicted), long> _counts;

    internal RnnTagConfusionMatrix(IEnumerable<RnnTagConfusion> pairs)
    {
        RnnTagConfusion[] all =
        [
            .. pairs.OrderByDescending(pair => pair.Count)
                .ThenBy(pair => pair.Actual, StringComparer.Ordinal).ThenBy(pair => pair.Predicted, StringComparer.Ordinal),
        ];
        _counts = all.ToDictionary(pair => (pair.Actual, pair.Predicted), pair => pair.Count);
        Tags = [.. all.SelectMany(pair => new[] { pair.Actual, pair.Predicted }).Distinct().Order(StringComparer.Ordinal)];
        Confusions = [.. all.Where(pair => pair.Actual != pair.Predicted)];
    }

    /// <summary>The tags that occur in the labels or the predictions, in ordinal order. Includes empty text if a prediction is missing.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The pairs of different tags that occur, the most frequent first.</summary>
    public IReadOnlyList<RnnTagConfusion> Confusions { get; }

    /// <summary>The number of tokens with a true tag and a predicted tag; 0 for names that do not occur.</summary>
    /// <param name="actual">The tag in the labels.</param>
    /// <param name="predicted">The predicted tag; empty for missing predictions.</param>
    public long this[string actual, string predicted] => _counts.GetValueOrDefault((actual, predicted));

    /// <summary>Returns a table of the twelve most frequent tags: a row for each true tag, a column for each predicted tag.</summary>
    public override string ToString()
    {
        Dictionary<string, long> occurrences = Tags.ToDictionary(tag => tag, _ => 0L);
        foreach (((string actual, string predicted), long count) in _counts)
        {
            occurrences[actual] += count;
            if (predicted != actual) occurrences[predicted] += count;
        }
        string[] shown = [.. Tags.OrderByDescending(tag => occurrences[tag]).ThenBy(tag => tag, StringComparer.Ordinal).Take(ShownTags)];
        IEnumerable<string[]> rows = shown.Select(actual =>
            (string[])[MetricsText.Name(actual), .. shown.Select(predicted => MetricsText.Count(this[actual, predicted]))]);
        string rest = shown.Length < Tags.Count ? FormattableString.Invariant($"the {shown.Length} most frequent of {Tags.Count} tags\n") : "";
        return MetricsText.Table(["true \\ predicted", .. shown.Select(MetricsText.Name)], rows) + rest;
    }
}
