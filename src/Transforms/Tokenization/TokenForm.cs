
namespace MlNetRnn.Tokenization;

/// <summary>
/// The form in which a token is looked up: lower-cased if the model says so, and always valid UTF-16, because a vocabulary is stored as
/// UTF-8 and a lone surrogate would come back as another token than the one that was learned.
/// </summary>
internal sealed class TokenForm(bool lowerCase)
{
    private const char Replacement = '\uFFFD';
    private char[] _buffer = new char[64];

    /// <summary>The token in its form for looking up. The span is valid until the next call; not for use by several threads.</summary>
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> token)
    {
        int surrogate = token.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (!lowerCase && surrogate < 0) return token;
        if (_buffer.Length < token.Length) _buffer = new char[token.Length * 2];
        Span<char> form = _buffer.AsSpan(0, token.Length);
        if (lowerCase) token.ToLowerInvariant(form);
        else token.CopyTo(form);
        if (surrogate >= 0) ReplaceLoneSurrogates(form);
        return form;
    }

    private static void ReplaceLoneSurrogates(Span<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else text[i] = Replacement;
        }
    }
}
