using System.Text;

namespace MlNetRnn.Samples.Serving;

/// <summary>The kinds of tokens that the service distinguishes.</summary>
internal static class TokenKinds
{
    /// <summary>Whether a token is a punctuation mark.</summary>
    public static bool IsPunctuation(this RnnToken token) =>
        Rune.IsPunctuation(token.Text.EnumerateRunes().First()) && !token.Text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    /// <summary>Whether a sentence may end with a token.</summary>
    public static bool EndsSentence(this RnnToken token) => token.Text is "." or "!" or "?" or "…" or "。" or "！" or "？" or "؟" or "।";
}
