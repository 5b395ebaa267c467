using MlNetRnn.Tokenization;


namespace MlNetRnn;

/// <summary>Cuts a text into tokens in the way of the trainers, and returns where each token stands.</summary>
/// <remarks>In a pipeline, <c>mlContext.Transforms.Text.TokenizeWithOffsets(…)</c> does the same.</remarks>
/// <example>
/// <code>
/// foreach (RnnToken token in RnnTokenizer.Tokenize("Anna lives in New York."))
///     Console.WriteLine($"{token.Start,3} {token.Text}");
/// </code>
/// </example>
public static class RnnTokenizer
{
    /// <summary>Returns the tokens of a text in their order. Safe for any number of threads.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokenization">How it is cut.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static IReadOnlyList<RnnToken> Tokenize(string text, RnnTokenization tokenization = RnnTokenization.Word)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<RnnToken>();
        Tokenizers.Get(tokenization)(text, (token, start, length) => tokens.Add(new RnnToken(token.ToString(), start, length)));
        return tokens;
    }
}
