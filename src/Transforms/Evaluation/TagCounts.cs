using MlNetRnn.Sequences;

namespace MlNetRnn.Evaluation;

/// <summary>Counts of the comparison of true and predicted tags, sentence by sentence.</summary>
internal sealed class TagCounts
{
    /// <summary>The number that stands for a missing prediction.</summary>
    public const int None = -1;

    private readonly SentenceTags _sentences;
    private readonly Dictionary<(int Actual, int Predicted), long> _pairs = [];

    public TagCounts() => _sentences = new SentenceTags(Tags);

    public TextNumbers Tags { get; } = new();

    public long Sentences { get; private set; }

    public long CorrectSentences { get; private set; }

    public long UnknownTokens { get; private set; }

    public long CorrectUnknownTokens { get; private set; }

    /// <summary>The number of rows that were left out.</summary>
    public long Mismatched { get; set; }

    /// <summary>Adds the tokens of a sentence that have a label.</summary>
    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, ReadOnlySpan<bool> isUnknown)
    {
        if (actual.IsEmpty) return;
        bool isCorrect = true;
        for (int t = 0; t < actual.Length; t++)
        {
            bool isEqual = actual[t] == predicted[t];
            isCorrect &= isEqual;
            _pairs[(actual[t], predicted[t])] = _pairs.GetValueOrDefault((actual[t], predicted[t])) + 1;
            if (!isUnknown[t]) continue;
            UnknownTokens++;
            if (isEqual) CorrectUnknownTokens++;
        }
        Sentences++;
        if (isCorrect) CorrectSentences++;
        _sentences.Add(actual, predicted);
    }

    /// <summary>Returns the number of tokens for each pair of a true and a predicted tag.</summary>
    public IEnumerable<RnnTagConfusion> Pairs() =>
        _pairs.Select(pair => new RnnTagConfusion(Tags[pair.Key.Actual], pair.Key.Predicted == None ? "" : Tags[pair.Key.Predicted], pair.Value));

    /// <summary>Returns the metrics of each tag that occurs.</summary>
    public IReadOnlyDictionary<string, RnnTagMetrics> PerTag()
    {
        int count = Tags.Count;
        long[] support = new long[count], predicted = new long[count], correct = new long[count];
        foreach (((int actual, int answer), long tokens) in _pairs)
        {
            support[actual] += tokens;
            if (answer != None) predicted[answer] += tokens;
            if (answer == actual) correct[actual] += tokens;
        }
        var metrics = new SortedDictionary<string, RnnTagMetrics>(StringComparer.Ordinal);
        for (int tag = 0; tag < count; tag++) metrics.Add(Tags[tag], new RnnTagMetrics(support[tag], predicted[tag], correct[tag]));
        return metrics;
    }

    /// <inheritdoc cref="SentenceTags.CountSpans"/>
    public (IReadOnlyDictionary<string, RnnTagMetrics> PerType, IReadOnlyDictionary<string, long> Strays)? Spans() => _sentences.CountSpans();
}
