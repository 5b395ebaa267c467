namespace MlNetRnn.Tokenization;

/// <summary>
/// The form in which a vocabulary stores tokens: lowercase if the model requires it, and always valid UTF-16. A vocabulary is saved as UTF-8, where a lone
/// surrogate would become a different token.
/// </summary>
internal sealed class TokenForm(bool lowerCase)
{
    private const char Replacement = '\uFFFD';
    private char[] _buffer = new char[64];

    /// <summary>Returns the form of a token. The span is valid until the next call. Not thread-safe.</summary>
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
