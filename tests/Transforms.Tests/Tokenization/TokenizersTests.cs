using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Tokenization;
using MlNetRnn.TokenizingTransform;

namespace MlNetRnn.Transforms.Tests.Sequences;

public class TokenizersTests
{
    [Theory]
    [InlineData("Hello, world!", "Hello|,|world|!")]
    [InlineData("don't e-mail O’Neill's co-op", "don't|e-mail|O’Neill's|co-op")]
    [InlineData("'quoted' -dash- end'", "'|quoted|'|-|dash|-|end|'")]
    [InlineData("3.14 x_1 50%", "3|.|14|x_1|50|%")]
    [InlineData("naïve café e\u0301", "naïve|café|e\u0301")]
    [InlineData("東京は雨 rain", "東|京|は|雨|rain")]
    [InlineData("ok 😀👍", "ok|😀|👍")]
    [InlineData("love❤\uFE0Fyou 👩\u200D👩\u200D👧 👍🏽!", "love|❤\uFE0F|you|👩\u200D👩\u200D👧|👍🏽|!")]
    [InlineData("می\u200Cخواهم co\u00ADop \uFEFFstart\u200B end", "می\u200Cخواهم|coop|start|end")]
    [InlineData("zero\u200Bwidth wo\u2060rd\u2060 \u00AD hy\u00ADphen-\u00ADate don'\u00ADt", "zero|width|word|hyphen-ate|don't")]
    [InlineData("\u202Eab\u202C \u200Ec\u200F,", "ab|c|,")]
    [InlineData("🇳🇱🇫🇷 go🇩🇪! 🇧", "🇳🇱|🇫🇷|go|🇩🇪|!|🇧")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F win", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F|win")]
    [InlineData("🏳️\u200D🌈", "🏳️\u200D🌈")]
    [InlineData("  \t\r\n\u00a0 ", "")]
    [InlineData("", "")]
    public void Words_are_split_at_white_space_and_punctuation(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Words(text, rules: 3)));
        Assert.Equal(expected, string.Join('|', Words(text, rules: 2)));
    }

    [Theory]
    [InlineData("a  b\tc\nd", "a|b|c|d")]
    [InlineData(" lead and trail ", "lead|and|trail")]
    [InlineData("3.14,x", "3.14,x")]
    public void Whitespace_keeps_punctuation(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Tokens(RnnTokenization.Whitespace, text)));

    [Fact]
    public void Characters_are_code_points() => Assert.Equal(["a", " ", "😀", "\n"], Tokens(RnnTokenization.Character, "a 😀\n"));

    [Property(MaxTest = 500)]
    public bool The_characters_concatenate_to_the_text(string? text) => string.Concat(Tokens(RnnTokenization.Character, text ?? "")) == (text ?? "");

    [Property(MaxTest = 500)]
    public Property Words_lose_nothing_but_white_space_and_invisible_characters() => Prop.ForAll(Wild(), text =>
        string.Concat(Tokens(RnnTokenization.Word, text).Select(Visible)) == Visible(text));

    /// <summary>The page about the model format is sufficient to implement the tokenizer.</summary>
    [Property(MaxTest = 2000)]
    public Property Words_are_those_that_the_documentation_describes() => Prop.ForAll(Wild(), text =>
        Tokens(RnnTokenization.Word, text).Select(token => string.Concat(token.EnumerateRunes())).SequenceEqual(DocumentedWords.Of(text)));

    [Property(MaxTest = 2000)]
    public Property Words_of_version_2_are_those_that_the_documentation_describes() => Prop.ForAll(Wild(), text =>
        Words(text, rules: 2).Select(token => string.Concat(token.EnumerateRunes())).SequenceEqual(DocumentedWords.OfVersion2(text)));

    /// <summary>Version 2 has its own tables for symbols; version 3 uses the grapheme clusters of .NET.</summary>
    [Theory]
    [InlineData("👩\u200D\u2660", "👩\u200D\u2660", "👩\u200D\u2660")]
    [InlineData("!\u200D!", "!\u200D!", "!|!")]
    [InlineData("ทำ", "ท|ำ", "ทำ")]
    [InlineData("မြန်မာ", "မြ|န်|မာ", "မြ|န်|မ|ာ")]
    [InlineData("カ\uFF9E", "カ|\uFF9E", "カ\uFF9E")]
    [InlineData("\u0001\u0301", "\u0001\u0301", "\u0001|\u0301")]
    public void Versions_2_and_3_differ_in_rare_symbols(string text, string second, string third)
    {
        Assert.Equal(second, string.Join('|', Words(text, rules: 2)));
        Assert.Equal(third, string.Join('|', Words(text, rules: 3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Rules_of_an_unknown_version_are_rejected(int rules) =>
        Assert.Contains($"a version from 1 to 3, got {rules}. ", Assert.Throws<FormatException>(() => Words("a", rules)).Message);

    [Property(MaxTest = 500)]
    public Property Whitespace_tokens_are_those_of_split() => Prop.ForAll(Wild(), text =>
        Tokens(RnnTokenization.Whitespace, text).SequenceEqual(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    [Property(MaxTest = 500)]
    public Property No_token_is_empty_or_contains_white_space_unless_it_is_a_character() => Prop.ForAll(Wild(), text =>
        Tokens(RnnTokenization.Word, text).All(token => token.Length > 0 && !token.Any(char.IsWhiteSpace))
            && Tokens(RnnTokenization.Character, text).All(token => token.Length > 0));

    /// <summary>In format 1, soft hyphens, zero-width spaces and the like are parts of a word, and a flag is two tokens.</summary>
    [Theory]
    [InlineData("می\u200Cخواهم co\u00ADop \uFEFFstart\u200B end", "می\u200Cخواهم|co\u00ADop|start|end")]
    [InlineData("zero\u200Bwidth 🇳🇱", "zero\u200Bwidth|🇳|🇱")]
    public void Models_of_format_1_keep_their_tokens(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Words(text, rules: 1)));
    }

    [Property(MaxTest = 500)]
    public Property Every_token_is_the_text_at_its_position_without_the_characters_that_vanish() => Prop.ForAll(Wild(), text =>
        Enum.GetValues<RnnTokenization>().All(tokenization =>
        {
            int end = 0;
            bool isRight = true;
            Tokenizers.Get(tokenization)(text, (token, start, length) =>
            {
                string there = text.Substring(start, length);
                bool isSame = there == token.ToString() || tokenization == RnnTokenization.Word && Visible(there) == Visible(token.ToString());
                isRight &= start >= end && length >= token.Length && isSame;
                end = start + length;
            });
            return isRight;
        }));

    /// <summary>Returns the text without white space and format characters, with the same replacement for all halves of surrogate pairs.</summary>
    private static string Visible(string text)
    {
        var visible = new StringBuilder();
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = TextRunes.Length(text.AsSpan(at), out Rune rune);
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format) visible.Append(rune);
        }
        return visible.ToString();
    }

    /// <summary>Letters, marks, surrogates with and without their partner, scripts without spaces, control characters.</summary>
    private static Arbitrary<string> Wild()
    {
        Gen<int> special = Gen.Elements((int)' ', '\'', '-', '’', 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xD83C, 0xDDE6, 0xDB40, 0xDC67);
        Gen<char> any = Gen.OneOf(
            Gen.Choose('a', 'z'), Gen.Choose(0, 0x7f), Gen.Choose(0x0300, 0x0310), Gen.Choose(0xD800, 0xDFFF), Gen.Choose(0x4E00, 0x4E10),
            Gen.Choose(0, 0xFFFF), special).Select(c => (char)c);
        return Arb.From(any.ArrayOf().Select(chars => new string(chars)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_saved_tokenizer_with_rules_of_an_unknown_version_is_rejected(int rules)
    {
        var columns = new TokenColumns("Text", "Tokens", RnnTokenization.Word, rules);
        Assert.Contains($"a version from 1 to 3, got {rules}. ", Assert.Throws<FormatException>(() => TokenColumns.FromJson(columns.ToJson())).Message);
        Assert.Equal(columns with { WordRules = 2 }, TokenColumns.FromJson((columns with { WordRules = 2 }).ToJson()));
    }

    private static List<string> Words(string text, int rules) => Tokens(RnnTokenization.Word, text, rules);

    private static List<string> Tokens(RnnTokenization tokenization, string text, int rules = WordTokenizer.CurrentRules)
    {
        var tokens = new List<string>();
        Tokenizers.Get(tokenization, rules)(text, (token, _, _) => tokens.Add(token.ToString()));
        return tokens;
    }
}
