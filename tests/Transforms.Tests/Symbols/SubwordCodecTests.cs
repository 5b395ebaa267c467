using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Symbols;
using static MlNetRnn.RnnLanguageUnit;

namespace MlNetRnn.Transforms.Tests.Symbols;

public partial class SubwordCodecTests
{
    /// <summary>Sennrich et al. (2016): low low low low low lowest lowest newer … widest …, here with the blank before a word.</summary>
    [Fact]
    public void The_most_frequent_pairs_are_merged_first()
    {
        string text = Repeated(" low", 5) + Repeated(" lower", 2) + Repeated(" newest", 6) + Repeated(" widest", 3);
        SymbolCodec codec = SymbolCases.Learn(Subword, [text], maximumSize: 256 + 6);
        Assert.Equal(["es", "est", " l", "ow", " low", " n"], codec.Units().Skip(256));
        Assert.Equal([" low", "est"], codec.Encode(" lowest").Select(codec.TextOf));
        Assert.Equal(262, codec.IndexOf(" low"));
        Assert.Equal(SymbolCodec.Unknown, codec.IndexOf("low"));
    }

    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("a  b   c", "a| | b|  | c")]
    [InlineData("if (x1 >= 10)\n\t\treturn 'é';\n    y", "if| (|x|1| >=| 10|)|\n\t\t|return| '|é|';|\n   | y")]
    [InlineData("don't e\u0301te\u0301", "don|'|t| e\u0301te\u0301")]
    [InlineData(" \u0301 ", " \u0301| ")]
    [InlineData("東京は雨。", "東京は雨|。")]
    [InlineData("👍🏽👩\u200D🚀 1²½", "👍🏽👩\u200D🚀| 1²½")]
    public void Pieces_are_words_numbers_punctuation_and_white_space(string text, string expected) => Assert.Equal(expected.Split('|'), Pieces(text));

    [Property(MaxTest = 500)]
    public Property Pieces_concatenate_to_the_text_and_are_short() => Prop.ForAll(WildTexts.Any(), text =>
        string.Concat(Pieces(text)) == text && Pieces(text).All(piece => piece.Length is > 0 and <= SubwordPieces.MaximumLength));

    /// <summary>The regular expression on the page about the model format. That of .NET has no code points beyond U+FFFF.</summary>
    [Property(MaxTest = 1000)]
    public Property Pieces_are_those_that_the_documentation_describes() => Prop.ForAll(WildTexts.Any(), text =>
    {
        text = string.Concat(text.Where(character => !char.IsSurrogate(character)));
        IEnumerable<string> expected = DocumentedPieces().Matches(text).Select(match => match.Value);
        return expected.Any(piece => piece.Length > SubwordPieces.MaximumLength) || Pieces(text).SequenceEqual(expected);
    });

    [GeneratedRegex(@" ?(?:\p{L}[\p{L}\p{M}]*|\p{N}[\p{N}\p{M}]*|[^\s\p{L}\p{N}]+)|\s+(?= \S)|\s+")]
    private static partial Regex DocumentedPieces();

    [Fact]
    public void Long_runs_are_divided_between_characters()
    {
        string text = 'a' + Repeated("😀", 200) + new string(' ', 300) + 'b';
        Assert.Equal(text, string.Concat(Pieces(text)));
        Assert.All(Pieces(text), piece => Assert.True(piece.Length <= SubwordPieces.MaximumLength && !char.IsLowSurrogate(piece[0])));
    }

    [Property(MaxTest = 1000)]
    public Property Every_text_is_restored() => Prop.ForAll(WildTexts.Any(), WildTexts.Any(), (rows, text) =>
    {
        SymbolCodec codec = SymbolCases.Learn(Subword, [rows, rows]);
        int[] symbols = codec.Encode(text), known = codec.Encode(rows);
        return codec.Decode(symbols) == text && codec.Decode(known) == rows && !symbols.Concat(known).Contains(SymbolCodec.Unknown);
    });

    [Property(MaxTest = 300)]
    public Property Encoding_applies_the_merges_one_after_another() => Prop.ForAll(WildTexts.Any(), text =>
    {
        text = Repeated(text, 3);
        SymbolCodec codec = SymbolCases.Learn(Subword, [text]);
        IReadOnlyList<int[]> merges = SlowMerges.Learn([text], int.MaxValue, 2);
        return codec.Encode(text).SequenceEqual(Pieces(text).SelectMany(piece => SlowMerges.Encode(piece, merges)));
    });

    [Fact]
    public void A_million_equal_characters_take_linear_time()
    {
        string text = new('a', 1_000_000);
        SymbolCodec codec = SymbolCases.Learn(Subword, [text]);
        // Quadratic time would be hours.
        int[] symbols = codec.Encode(text);
        Assert.True(symbols.Length < 10_000);
        Assert.Equal(text, codec.Decode(symbols));
    }

    [Fact]
    public void Eight_threads_encode_like_one()
    {
        string[] texts = [.. Enumerable.Range(0, 2_000).Select(i => $"the {i} words {i * i} of thread {i % 7}")];
        SymbolCodec codec = SymbolCases.Learn(Subword, texts.Take(500));
        int[][] expected = [.. texts.Select(codec.SaveAndLoad().Encode)];
        int[][] actual = [.. texts.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(codec.Encode)];
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_vocabulary_without_room_for_the_bytes_is_rejected() => Assert.Contains(
        "expected at least 256 for subwords, which include every byte, got 255. ",
        Assert.Throws<ArgumentOutOfRangeException>(() => SymbolCases.Learn(Subword, ["a"], maximumSize: 255)).Message);

    [Fact]
    public void Learning_can_be_canceled()
    {
        var builder = new SubwordCodecBuilder();
        builder.AddText("aaaa");
        Assert.Throws<OperationCanceledException>(() => builder.Build(1, 300, () => throw new OperationCanceledException()));
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        for (int at = 0; at < text.Length; at += pieces[^1].Length) pieces.Add(text.Substring(at, SubwordPieces.NextLength(text.AsSpan(at))));
        return pieces;
    }
}
