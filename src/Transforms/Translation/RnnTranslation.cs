namespace MlNetRnn;

/// <summary>A translation of a source.</summary>
public sealed class RnnTranslation
{
    private readonly Lazy<IReadOnlyList<IReadOnlyList<float>>> _attention;

    internal RnnTranslation(
        string text, IReadOnlyList<string> symbols, IReadOnlyList<string> sourceSymbols, IReadOnlyList<float> logProbabilities, double score,
        RnnGenerationEnd end, Lazy<IReadOnlyList<IReadOnlyList<float>>> attention, bool isSourceTruncated)
    {
        (Text, Symbols, SourceSymbols, LogProbabilities) = (text, symbols, sourceSymbols, logProbabilities);
        (Score, End, _attention, IsSourceTruncated) = (score, end, attention, isSourceTruncated);
    }

    /// <summary>The translation.</summary>
    public string Text { get; }

    /// <summary>The text of each target symbol; an empty text for the end.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>
    /// The text of each source step that the encoder has read: the tag of the target language, if the model has several (for example <c>&lt;2fr&gt;</c>), the
    /// symbols, and an empty text for the end. Empty for a source of frames.
    /// </summary>
    public IReadOnlyList<string> SourceSymbols { get; }

    /// <summary>
    /// The natural logarithm of the probability of each target symbol, given the source and the symbols before it, before filters and penalties.
    /// </summary>
    public IReadOnlyList<float> LogProbabilities { get; }

    /// <summary>The log-probability of all symbols together; for a beam search, with its penalties, by which translations are ranked.</summary>
    public double Score { get; }

    /// <summary>Why the translation ended: <see cref="RnnGenerationEnd.DocumentEnd"/> if it is complete.</summary>
    public RnnGenerationEnd End { get; }

    /// <summary>
    /// The alignment: for each target symbol the weight of each source step, which sum to 1. Empty if the model has no attention. For an ensemble, the mean of
    /// its members. Computed when it is first read.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<float>> Attention => _attention.Value;

    /// <summary>Whether the source is longer than the model reads, so that its end was ignored.</summary>
    public bool IsSourceTruncated { get; }

    /// <summary>Returns the translation.</summary>
    public override string ToString() => Text;
}
