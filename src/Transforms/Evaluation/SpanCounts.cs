using MlNetRnn.Sequences;

namespace MlNetRnn.Evaluation;

/// <summary>Compares the spans that true and predicted tags mark: right is a span of the same steps and type, as conlleval has it.</summary>
internal sealed class SpanCounts(TextNumbers tags)
{
    private readonly Dictionary<string, (long Support, long Predicted, long Correct)> _byType = new(StringComparer.Ordinal);
    private TagScheme? _scheme;
    private int _known;

    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        if (tags.Count > _known) Learn();
        if (_scheme is null) return;
        List<TagSpan> trueSpans = _scheme.Spans(actual), predictedSpans = _scheme.Spans(predicted);
        foreach (TagSpan span in trueSpans) Count(span.Type, 1, 0, 0);
        foreach (TagSpan span in predictedSpans) Count(span.Type, 0, 1, 0);
        foreach (TagSpan span in predictedSpans.Intersect(trueSpans)) Count(span.Type, 0, 0, 1);
    }

    /// <summary>What was counted; null where not all tags that were met are of a scheme, or none begins a span.</summary>
    public IReadOnlyDictionary<string, RnnTagMetrics>? ByType()
    {
        if (TagScheme.Of(tags.All) is null) return null;
        var metrics = new SortedDictionary<string, RnnTagMetrics>(StringComparer.Ordinal);
        foreach ((string type, (long support, long predicted, long correct)) in _byType) metrics.Add(type, new RnnTagMetrics(support, predicted, correct));
        return metrics;
    }

    // Tags are met one by one. Until a B or an I is among them there is no scheme, though spans of one step (S) may have been there: hence the B.
    private void Learn() => (_scheme, _known) = (TagScheme.Of([.. tags.All, "B"]), tags.Count);

    private void Count(string type, long support, long predicted, long correct)
    {
        (long Support, long Predicted, long Correct) counts = _byType.GetValueOrDefault(type);
        _byType[type] = (counts.Support + support, counts.Predicted + predicted, counts.Correct + correct);
    }
}
