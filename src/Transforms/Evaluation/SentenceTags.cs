using System.Runtime.InteropServices;
using MlNetRnn.Sequences;
using MlNetRnn.Tags;

namespace MlNetRnn.Evaluation;

/// <summary>
/// The true and predicted tags of all sentences. They are kept, in eight bytes per token, because their scheme is known only when all tags have been read.
/// </summary>
/// <param name="tags">The tags in the order of their numbers.</param>
internal sealed class SentenceTags(TextNumbers tags)
{
    private readonly List<int> _actual = [], _predicted = [], _ends = [];

    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        _actual.AddRange(actual);
        _predicted.AddRange(predicted);
        _ends.Add(_actual.Count);
    }

    /// <summary>
    /// Counts the spans by type, and how often each stray tag occurs in labels and predictions; returns null if the tags mark no spans.
    /// </summary>
    public (IReadOnlyDictionary<string, RnnTagMetrics> PerType, IReadOnlyDictionary<string, long> Strays)? CountSpans()
    {
        if (TagScheme.Of(tags.All) is not { } scheme) return null;
        var spans = new SpanCounter(scheme);
        int start = 0;
        foreach (int end in _ends)
        {
            spans.Add(CollectionsMarshal.AsSpan(_actual)[start..end], CollectionsMarshal.AsSpan(_predicted)[start..end]);
            start = end;
        }
        var metrics = new SortedDictionary<string, RnnTagMetrics>(StringComparer.Ordinal);
        foreach ((string type, SpanCounts counts) in spans.PerType) metrics.Add(type, new RnnTagMetrics(counts.Support, counts.Predicted, counts.Correct));
        var strays = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (int stray in scheme.Strays) strays.Add(tags[stray], _actual.Count(tag => tag == stray) + _predicted.Count(tag => tag == stray));
        return (metrics, strays);
    }
}
