using FsCheck.Xunit;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>How a text is cut into tokens, and tokens into pieces.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\r\n\u200D\u00AD", "")]
    [InlineData("Don't re-read O’Neil's e-mail.", "Don't|re-read|O’Neil's|e-mail|.")]
    [InlineData("'quoted' -- dash- -5.", "'|quoted|'|-|-|dash|-|-|5|.")]
    [InlineData("it costs 3,50€ (50%)", "it|costs|3|,|50|€|(|50|%|)")]
    [InlineData("snake_case __init__", "snake_case|_|_|init|_|_")]
    [InlineData("e\u0301te\u0301 می\u200Cخواهم", "e\u0301te\u0301|می\u200Cخواهم")]
    [InlineData("ab🎉c👍🏽 👩‍👩‍👧!", "ab|🎉|c|👍🏽|👩‍👩‍👧|!")]
    [InlineData("1️⃣ ☀️", "1️⃣|☀️")]
    [InlineData("東京 𝒜𝒷", "東京|𝒜|𝒷")]
    public void Words_and_marks(string text, string expected) => Assert.Equal(expected, string.Join('|', Token.All(text).Select(token => token.Text)));

    [Property]
    public bool Tokens_lie_in_the_text_one_after_another_and_cut_no_pair(string? any)
    {
        string text = any ?? "";
        int end = 0;
        foreach (Token token in Token.All(text))
        {
            if (token.Start < end || token.Length == 0 || text.Substring(token.Start, token.Length) != token.Text) return false;
            if (char.IsLowSurrogate(token.Text[0]) || char.IsHighSurrogate(token.Text[^1])) return false;
            if (text[end..token.Start].Any(char.IsLetterOrDigit)) return false;
            end = token.End;
        }
        return !text[end..].Any(char.IsLetterOrDigit);
    }

    [Fact]
    public void What_is_left_out_is_everything_but_punctuation()
    {
        var text = new LeaveOneOut("Well, 🎉 I'm – fine!");
        Assert.Equal(["Well", "🎉", "I'm", "fine"], text.Words.Select(word => word.Text));
        Assert.Equal([", 🎉 I'm – fine!", "Well,  I'm – fine!", "Well, 🎉  – fine!", "Well, 🎉 I'm – !"], text.Variants);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(400, "400")]
    [InlineData(401, "400|1")]
    [InlineData(1000, "400|400|200")]
    public void A_text_without_ends_of_sentences_is_cut_where_it_must_be(int tokens, string expected) =>
        Assert.Equal(expected, string.Join('|', SentencePieces.Of([.. Enumerable.Range(0, tokens).Select(i => new Token("a", i))]).Select(piece => piece.Count)));

    [Fact]
    public void A_long_text_is_cut_after_the_last_sentence_that_fits()
    {
        Token[] tokens = [.. Enumerable.Range(0, 900).Select(i => new Token(i is 100 or 350 or 399 or 700 ? "." : "a", i))];
        IReadOnlyList<ArraySegment<Token>> pieces = SentencePieces.Of(tokens);
        Assert.Equal([400, 301, 199], pieces.Select(piece => piece.Count));
        Assert.Equal(tokens, pieces.SelectMany(piece => piece));
    }
}
