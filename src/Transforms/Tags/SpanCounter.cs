namespace MlNetRnn.Tags;

/// <summary>
/// Counts the spans in true and predicted tags: in all sequences together and by type. A predicted span is correct if a true span has the same steps and the
/// same type, as in conlleval (Tjong Kim Sang and Buchholz, 2000).
/// </summary>
/// <param name="scheme">How tags mark spans.</param>
internal sealed class SpanCounter(TagScheme scheme)
{
    /// <summary>The number of a step without a true tag. Smaller numbers stand for true tags that the scheme does not include.</summary>
    public const int NoTag = -1;

    private readonly SortedDictionary<string, SpanCounts> _perType = new(StringComparer.Ordinal);

    /// <summary>The counts of each type, in ordinal order.</summary>
    public IReadOnlyDictionary<string, SpanCounts> PerType => _perType;

    /// <summary>The counts of all spans.</summary>
    public SpanCounts Total { get; private set; }

    /// <summary>Adds a sequence.</summary>
    /// <param name="actual">
    /// [T]; steps with <see cref="NoTag"/> are left out, so that the steps on both sides become neighbors. A run of smaller numbers counts as a true span that
    /// no prediction finds.
    /// </param>
    /// <param name="predicted">[T]; below 0 if the prediction is missing.</param>
    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        if (actual.Contains(NoTag))
        {
            int[] trueTags = actual.ToArray(), predictedTags = predicted.ToArray();
            actual = trueTags.Where(tag => tag != NoTag).ToArray();
            predicted = predictedTags.Where((_, t) => trueTags[t] != NoTag).ToArray();
        }
        List<RnnSpan> trueSpans = scheme.Spans(actual), predictedSpans = scheme.Spans(predicted);
        foreach (RnnSpan span in trueSpans) Count(span, new SpanCounts(1, 0, 0));
        foreach (RnnSpan span in predictedSpans) Count(span, new SpanCounts(0, 1, 0));
        foreach (RnnSpan span in predictedSpans.Intersect(trueSpans)) Count(span, new SpanCounts(0, 0, 1));
        for (int t = 0; t < actual.Length; t++)
            if (actual[t] < NoTag && (t == 0 || actual[t - 1] >= NoTag)) Total += new SpanCounts(1, 0, 0);
    }

    private void Count(RnnSpan span, SpanCounts counts)
    {
        Total += counts;
        _perType[span.Type] = _perType.GetValueOrDefault(span.Type) + counts;
    }
}
