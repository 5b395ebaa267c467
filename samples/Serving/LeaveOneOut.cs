namespace MlNetRnn.Samples.Serving;

/// <summary>Which words of a text matter: the answer is compared with those to the text without each word (Li et al., 2016, "Understanding neural networks through representation erasure").</summary>
internal sealed class LeaveOneOut(string text)
{
    /// <summary>What may be left out: everything but punctuation marks.</summary>
    public IReadOnlyList<Token> Words { get; } = [.. Token.All(text).Where(token => !token.IsPunctuation)];

    /// <summary>The text without each word.</summary>
    public IEnumerable<string> Variants => Words.Select(word => text.Remove(word.Start, word.Length));
}
