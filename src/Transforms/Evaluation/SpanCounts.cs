using System.Runtime.InteropServices;
using MlNetRnn.Sequences;
using MlNetRnn.Tags;

namespace MlNetRnn.Evaluation;

/// <summary>
/// Compares the spans that true and predicted tags mark: a span is right where steps and type are the same, as in conlleval. Which scheme the tags are of is
/// known only when all have been read, so they are kept until then, eight bytes a token.
/// </summary>
/// <param name="tags">The tags in the order of their numbers.</param>
internal sealed class SpanCounts(TextNumbers tags)
{
    private readonly List<int> _actual = [], _predicted = [], _ends = [];

    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        _actual.AddRange(actual);
        _predicted.AddRange(predicted);
        _ends.Add(_actual.Count);
    }

    /// <summary>The counts by type, and how often each tag that is not of the scheme occurs in labels and predictions; null where the tags mark no spans.</summary>
    public (IReadOnlyDictionary<string, RnnTagMetrics> PerType, IReadOnlyDictionary<string, long> Strays)? Compare()
    {
        if (TagScheme.Of(tags.All) is not { } scheme) return null;
        var counts = new SortedDictionary<string, (long Support, long Predicted, long Correct)>(StringComparer.Ordinal);
        void Count(string type, long support, long predicted, long correct)
        {
            (long Support, long Predicted, long Correct) known = counts.GetValueOrDefault(type);
            counts[type] = (known.Support + support, known.Predicted + predicted, known.Correct + correct);
        }
        int start = 0;
        foreach (int end in _ends)
        {
            List<TagSpan> trueSpans = scheme.Spans(CollectionsMarshal.AsSpan(_actual)[start..end]), predictedSpans = scheme.Spans(CollectionsMarshal.AsSpan(_predicted)[start..end]);
            foreach (TagSpan span in trueSpans) Count(span.Type, 1, 0, 0);
            foreach (TagSpan span in predictedSpans) Count(span.Type, 0, 1, 0);
            foreach (TagSpan span in predictedSpans.Intersect(trueSpans)) Count(span.Type, 0, 0, 1);
            start = end;
        }
        var metrics = new SortedDictionary<string, RnnTagMetrics>(StringComparer.Ordinal);
        foreach ((string type, (long support, long predicted, long correct)) in counts) metrics.Add(type, new RnnTagMetrics(support, predicted, correct));
        var strays = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (int stray in scheme.Strays) strays.Add(tags[stray], _actual.Count(tag => tag == stray) + _predicted.Count(tag => tag == stray));
        return (metrics, strays);
    }
}
