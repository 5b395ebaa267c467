using MlNetRnn.Tokenization;

namespace MlNetRnn;

/// <summary>The tokenizer of the trainers. It splits a text into tokens and returns the position of each token.</summary>
/// <remarks>In a pipeline, <c>mlContext.Transforms.Text.TokenizeWithOffsets(…)</c> does the same.</remarks>
/// <example>
/// <code>
/// foreach (RnnToken token in RnnTokenizer.Tokenize("Anna lives in New York."))
///     Console.WriteLine($"{token.Start,3} {token.Text}");
/// </code>
/// </example>
public static class RnnTokenizer
{
    /// <summary>Splits a text into tokens. Thread-safe.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokenization">The way in which the text is split.</param>
    /// <returns>The tokens in their order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static IReadOnlyList<RnnToken> Tokenize(string text, RnnTokenization tokenization = RnnTokenization.Word)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<RnnToken>();
        Tokenizers.Get(tokenization)(text, (token, start, length) => tokens.Add(new RnnToken(token.ToString(), start, length)));
        return tokens;
    }
}
