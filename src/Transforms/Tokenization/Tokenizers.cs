namespace MlNetRnn.Tokenization;

/// <summary>Receives the tokens of one text, in order. The span is only valid during the call.</summary>
/// <param name="token">The token; without the characters that the rules leave out.</param>
/// <param name="start">Where it begins in the text, in UTF-16 characters.</param>
/// <param name="length">How many UTF-16 characters of the text it covers.</param>
internal delegate void TokenAction(ReadOnlySpan<char> token, int start, int length);

/// <summary>Cuts a text into tokens.</summary>
internal delegate void Tokenizer(ReadOnlySpan<char> text, TokenAction add);

/// <summary>The one door from a <see cref="RnnTokenization"/> to the code that does it.</summary>
internal static class Tokenizers
{
    private static readonly Dictionary<RnnTokenization, Func<int, Tokenizer>> ByName = new()
    {
        [RnnTokenization.Word] = rules => new WordTokenizer(rules).Tokenize,
        [RnnTokenization.Whitespace] = _ => Whitespace,
        [RnnTokenization.Character] = _ => Characters,
    };

    /// <param name="tokenization">How texts are cut.</param>
    /// <param name="rules">The version of the rules for words.</param>
    public static Tokenizer Get(RnnTokenization tokenization, int rules = WordTokenizer.CurrentRules) => ByName[tokenization](rules);

    private static void Whitespace(ReadOnlySpan<char> text, TokenAction add)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isToken = i < text.Length && !char.IsWhiteSpace(text[i]);
            if (isToken && start < 0) start = i;
            if (isToken || start < 0) continue;
            add(text[start..i], start, i - start);
            start = -1;
        }
    }

    private static void Characters(ReadOnlySpan<char> text, TokenAction add)
    {
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = TextRunes.Length(text[at..], out _);
            add(text.Slice(at, length), at, length);
        }
    }
}
