using MlNetRnn.Decoding;
using MlNetRnn.LanguageModels;
using MlNetRnn.Symbols;

namespace MlNetRnn.Transforms.Tests.LanguageModels;

/// <summary>Tests of the text of generated symbols: stop sequences, and the line breaks of a stream.</summary>
public class GeneratedTextTests
{
    private static readonly SymbolCodec Characters = Codec(RnnLanguageUnit.Character, "abc ");
    private static readonly SymbolCodec Words = Codec(RnnLanguageUnit.Word, "to be or not");

    [Fact]
    public void Text_ends_before_a_stop_sequence_and_a_possible_beginning_is_held_back()
    {
        GeneratedText text = Open(Characters, isStream: false, "bca");
        Assert.Equal(["", "a", "b", "b", "", "", ""], "abbbca".Select(c => text.Append(Characters.IndexOf([c]))).Append(text.Flush()));
        Assert.True(text.IsStopped);
    }

    [Fact]
    public void Without_a_stop_the_held_text_follows_at_the_end()
    {
        GeneratedText text = Open(Characters, isStream: false, "bca");
        Assert.Equal("abc", string.Concat("abc".Select(c => text.Append(Characters.IndexOf([c])))) + text.Flush());
        Assert.False(text.IsStopped);
    }

    [Fact]
    public void The_boundary_of_a_stream_is_a_line_break_after_which_no_blank_follows()
    {
        GeneratedText text = Open(Words, isStream: true);
        int[] symbols = [Words.IndexOf("to"), Words.IndexOf("be"), SymbolCodec.Boundary, Words.IndexOf("or"), SymbolCodec.Boundary];
        Assert.Equal("to be\nor\n", string.Concat(symbols.Select(text.Append)) + text.Flush());
        GeneratedText document = Open(Words, isStream: false);
        Assert.Equal("to be", string.Concat(symbols[..3].Select(document.Append)) + document.Flush());
    }

    [Fact]
    public void A_line_break_can_be_a_stop_sequence()
    {
        GeneratedText text = Open(Words, isStream: true, "\n");
        Assert.Equal("to", text.Append(Words.IndexOf("to")) + text.Append(SymbolCodec.Boundary));
        Assert.True(text.IsStopped);
    }

    [Fact]
    public void Line_breaks_of_a_prompt_are_boundaries_if_rows_are_lines()
    {
        var lines = new ModelTexts(Words, IsStream: true, RowsAreLines: true);
        Assert.Equal([Words.IndexOf("to"), 0, Words.IndexOf("be"), 0], lines.Encode("to\r\nbe\n"));
        Assert.Equal([Words.IndexOf("to"), Words.IndexOf("be")], lines.Encode("to\fbe"));
        Assert.Equal([Words.IndexOf("to"), Words.IndexOf("be")], (lines with { RowsAreLines = false }).Encode("to\nbe"));
    }

    [Theory]
    [InlineData("be", "not", " not")]
    [InlineData("be\n", "not", "not")]
    [InlineData("be ", "not", "not")]
    [InlineData("", "not", "not")]
    public void A_blank_follows_a_prompt_only_within_its_line(string prompt, string next, string expected)
    {
        var before = new Prompt(new ModelTexts(Words, IsStream: true, RowsAreLines: true), prompt, null);
        GeneratedText text = before.OpenText(new RnnGenerationOptions());
        Assert.Equal(expected, text.Append(Words.IndexOf(next)) + text.Flush());
    }

    /// <summary>A quotation that began long ago ends without a blank, also after the state went through bytes.</summary>
    [Fact]
    public void The_blanks_of_a_text_depend_on_the_whole_text_before()
    {
        SymbolCodec words = Codec(RnnLanguageUnit.Word, "\" word");
        var texts = new ModelTexts(words, IsStream: false, RowsAreLines: false);
        string begin = "\"" + string.Join(' ', Enumerable.Repeat("word", 40));
        Assert.Equal("\" word", Continued(new Prompt(texts, begin, null)));
        GeneratedText first = new Prompt(texts, begin, null).OpenText(new RnnGenerationOptions());
        var state = new RnnGenerationState(new GenerationState([], [], null, 0) { Text = first.SaveDecoder() });
        Assert.Equal("\" word", Continued(new Prompt(texts, "", RnnGenerationState.FromBytes(state.ToBytes()))));

        string Continued(Prompt prompt)
        {
            GeneratedText text = prompt.OpenText(new RnnGenerationOptions());
            return text.Append(words.IndexOf("\"")) + text.Append(words.IndexOf("word")) + text.Flush();
        }
    }

    [Fact]
    public void A_stream_does_not_end_at_a_boundary()
    {
        var options = new RnnGenerationOptions();
        Assert.False(new ModelTexts(Words, IsStream: true, RowsAreLines: false).Adjust(options).StopAtDocumentEnd);
        Assert.Same(options, new ModelTexts(Words, IsStream: false, RowsAreLines: false).Adjust(options));
    }

    private static GeneratedText Open(SymbolCodec codec, bool isStream, params string[] stops) =>
        new(new ModelTexts(codec, isStream, false), stops, codec.OpenDecoder().Save());

    private static SymbolCodec Codec(RnnLanguageUnit unit, string text)
    {
        SymbolCodecBuilder builder = SymbolCodecs.CreateBuilder(unit);
        builder.AddText(text);
        return builder.Build(1, 100);
    }
}
