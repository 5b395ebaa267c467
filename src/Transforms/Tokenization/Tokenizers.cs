namespace MlNetRnn.Tokenization;

/// <summary>Creates the tokenizer for each <see cref="RnnTokenization"/>: an additional one is one method and one line here.</summary>
internal static class Tokenizers
{
    private static readonly Dictionary<RnnTokenization, Func<int, Tokenizer>> ByName = new()
    {
        [RnnTokenization.Word] = rules => new WordTokenizer(rules).Tokenize,
        [RnnTokenization.Whitespace] = _ => Whitespace,
        [RnnTokenization.Character] = _ => Characters,
    };

    /// <summary>Returns a tokenizer.</summary>
    /// <param name="tokenization">The way in which texts are split.</param>
    /// <param name="rules">The version of the rules for words.</param>
    /// <exception cref="FormatException">The version is unknown.</exception>
    public static Tokenizer Get(RnnTokenization tokenization, int rules = WordTokenizer.CurrentRules)
    {
        WordTokenizer.RequireKnown(rules);
        return ByName[tokenization](rules);
    }

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
