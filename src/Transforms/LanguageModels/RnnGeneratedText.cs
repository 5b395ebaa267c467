namespace MlNetRnn;

/// <summary>A text that a language model has generated.</summary>
public sealed class RnnGeneratedText
{
    internal RnnGeneratedText(
        IReadOnlyList<string> pieces, IReadOnlyList<string> symbols, float[] logProbabilities, double score, RnnGenerationEnd end, RnnGenerationState state)
    {
        (Text, Pieces, Symbols) = (string.Concat(pieces), pieces, symbols);
        (LogProbabilities, Score, End, State) = (logProbabilities, score, end, state);
    }

    /// <summary>The text after the prompt, without the stop sequence that ended it.</summary>
    public string Text { get; }

    /// <summary>
    /// What <see cref="Text"/> consists of: what each symbol added to it, with the blank between words. A subword that ends within a character adds an empty
    /// text, and the one that completes the character adds it.
    /// </summary>
    public IReadOnlyList<string> Pieces { get; }

    /// <summary>
    /// The text of each generated symbol; an empty text for the end of a document. A subword may end within a character, which is U+FFFD here.
    /// </summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>
    /// The natural logarithm of the probability of each symbol, given those before it, as the model computed it: before temperature, filters and penalties.
    /// </summary>
    public IReadOnlyList<float> LogProbabilities { get; }

    /// <summary>The log-probability of all symbols together; for a beam search, with the length penalty, by which the texts are ranked.</summary>
    public double Score { get; }

    /// <summary>Why the text ended.</summary>
    public RnnGenerationEnd End { get; }

    /// <summary>The state after the text, from which generation can be continued.</summary>
    public RnnGenerationState State { get; }

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;
}
