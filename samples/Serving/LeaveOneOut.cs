namespace MlNetRnn.Samples.Serving;

/// <summary>
/// The importance of the words of a text: the prediction for the text is compared with those for the text without each word (Li et al., 2016, "Understanding
/// neural networks through representation erasure").
/// </summary>
internal sealed class LeaveOneOut(string text)
{
    /// <summary>The words that are left out: all tokens but punctuation marks.</summary>
    public IReadOnlyList<RnnToken> Words { get; } = [.. RnnTokenizer.Tokenize(text).Where(token => !token.IsPunctuation())];

    /// <summary>The text without each word.</summary>
    public IEnumerable<string> Variants => Words.Select(word => text.Remove(word.Start, word.Length));
}
