namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The kinds of tokens, the words that are left out, and the pieces of a long text.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("!", true)]
    [InlineData("–", true)]
    [InlineData("。", true)]
    [InlineData("_", true)]
    [InlineData("#\uFE0F\u20E3", true)]
    [InlineData("__init__", false)]
    [InlineData("€", false)]
    [InlineData("🎉", false)]
    [InlineData("🇫🇷", false)]
    [InlineData("e\u0301", false)]
    public void Punctuation_has_no_letters_and_no_symbols(string text, bool expected) =>
        Assert.Equal(expected, new RnnToken(text, 0, text.Length).IsPunctuation());

    [Fact]
    public void All_tokens_but_punctuation_are_left_out_in_turn()
    {
        var text = new LeaveOneOut("Well, 🎉 I'm – fine!");
        Assert.Equal(["Well", "🎉", "I'm", "fine"], text.Words.Select(word => word.Text));
        Assert.Equal([", 🎉 I'm – fine!", "Well,  I'm – fine!", "Well, 🎉  – fine!", "Well, 🎉 I'm – !"], text.Variants);
    }

    [Fact]
    public void A_word_with_a_soft_hyphen_is_left_out_with_its_hyphen()
    {
        var text = new LeaveOneOut("a pa\u00ADrcel 🇫🇷!");
        Assert.Equal(["a", "parcel", "🇫🇷"], text.Words.Select(word => word.Text));
        Assert.Equal([" pa\u00ADrcel 🇫🇷!", "a  🇫🇷!", "a pa\u00ADrcel !"], text.Variants);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(400, "400")]
    [InlineData(401, "400|1")]
    [InlineData(1000, "400|400|200")]
    public void A_text_without_ends_of_sentences_is_cut_at_the_maximum_length(int tokens, string expected) =>
        Assert.Equal(
            expected, string.Join('|', SentencePieces.Of([.. Enumerable.Range(0, tokens).Select(i => new RnnToken("a", i, 1))]).Select(piece => piece.Count)));

    [Fact]
    public void A_long_text_is_cut_after_the_last_sentence_that_fits()
    {
        RnnToken[] tokens = [.. Enumerable.Range(0, 900).Select(i => new RnnToken(i is 100 or 350 or 399 or 700 ? "." : "a", i, 1))];
        IReadOnlyList<ArraySegment<RnnToken>> pieces = SentencePieces.Of(tokens);
        Assert.Equal([400, 301, 199], pieces.Select(piece => piece.Count));
        Assert.Equal(tokens, pieces.SelectMany(piece => piece));
    }
}
