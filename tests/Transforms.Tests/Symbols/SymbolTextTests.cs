using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Symbols;
using static MlNetRnn.RnnLanguageUnit;

namespace MlNetRnn.Transforms.Tests.Symbols;

public class SymbolTextTests
{
    [Fact]
    public void A_character_is_final_when_the_next_one_begins()
    {
        SymbolCodec codec = SymbolCases.Learn(Character, ["ae\u0301\r\n"]);
        Assert.Equal(["", "a", "", "e\u0301", "", "\r\n"], Pieces(codec, codec.Encode("ae\u0301\r\n")));
    }

    [Fact]
    public void Words_bring_their_blanks()
    {
        SymbolCodec codec = SymbolCases.Learn(Word, ["Yes, sir."]);
        Assert.Equal(["Ye", "s", ", si", "r", "."], Pieces(codec, codec.Encode("Yes, sir.")));
    }

    [Fact]
    public void Bytes_of_a_character_are_held_back()
    {
        SymbolCodec codec = SymbolCases.Learn(Subword, []);
        Assert.Equal(["", "", "", "", "😀", "a"], Pieces(codec, codec.Encode("😀a")));
        Assert.Equal(["", "", "", "\uFFFD", "a"], Pieces(codec, [.. codec.Encode("😀")[..3], .. codec.Encode("a")]));
        Assert.Equal(["", "", "\uFFFD"], Pieces(codec, codec.Encode("😀")[..2]));
    }

    /// <summary>A skin tone whose halves a model generates one by one belongs to the emoji before it.</summary>
    [Fact]
    public void The_second_half_of_a_surrogate_pair_is_awaited()
    {
        SymbolCodec codec = SymbolCases.Learn(Subword, []);
        int[] symbols = [.. codec.Encode("👍"), .. codec.Encode("\uD83C"), .. codec.Encode("\uDFFD")];
        Assert.Equal("👍\uD83C\uDFFD", Pieces(codec, symbols)[^1]);
    }

    [Property(MaxTest = 500)]
    public Property The_pieces_concatenate_to_the_text(RnnLanguageUnit unit, int seed) => Prop.ForAll(WildTexts.Any(), text =>
    {
        SymbolCodec codec = SymbolCases.Learn(unit, [text, text]);
        int[] symbols = Shuffled(codec, text, seed);
        List<string> pieces = Pieces(codec, symbols);
        return string.Concat(pieces) == codec.Decode(symbols) && AreWhole(pieces);
    });

    [Property(MaxTest = 500)]
    public Property A_text_continues_after_a_prompt(RnnLanguageUnit unit, int seed, byte length) => Prop.ForAll(WildTexts.Any(), text =>
    {
        SymbolCodec codec = SymbolCases.Learn(unit, [text, text]);
        int[] symbols = Shuffled(codec, text, seed);
        int[] prompt = symbols[..(length % (symbols.Length + 1))], rest = symbols[prompt.Length..];
        SymbolDecoder read = codec.OpenDecoder(), decoder = codec.OpenDecoder();
        read.Skip(prompt);
        decoder.Restore(read.Save());
        var continued = new SymbolText(decoder);
        // Unfinished characters of the prompt are finished by what follows.
        string whole = codec.Decode(symbols), begin = codec.Decode(prompt).TrimEnd('\uFFFD');
        string end = string.Concat(rest.Select(continued.Append)) + continued.Flush();
        return whole.EndsWith(end, StringComparison.Ordinal) && begin.Length + end.Length <= whole.Length
            && whole[begin.Length..^end.Length].All(character => character == '\uFFFD');
    });

    [Property(MaxTest = 500)]
    public bool Other_bytes_are_no_state(RnnLanguageUnit unit, byte[] state)
    {
        SymbolDecoder decoder = SymbolCases.Learn(unit, ["a"]).OpenDecoder();
        int expected = unit switch { Character => 0, Whitespace => 1, Word => 4, _ => 7 };
        Exception? fault = Record.Exception(() => decoder.Restore(state));
        if (state.Length != expected) return Assert.IsType<FormatException>(fault).Message.Contains("Use ", StringComparison.Ordinal);
        return fault is null or FormatException;
    }

    [Fact]
    public void Flushing_begins_a_new_text()
    {
        SymbolCodec codec = SymbolCases.Learn(Word, ["\"a"]);
        var text = new SymbolText(codec.OpenDecoder());
        int[] symbols = codec.Encode("\"a");
        string first = string.Concat(symbols.Select(text.Append)) + text.Flush();
        Assert.Equal("\"a", first);
        Assert.Equal(first, string.Concat(symbols.Select(text.Append)) + text.Flush());
    }

    [Fact]
    public void Endless_marks_are_returned_in_parts()
    {
        SymbolCodec codec = SymbolCases.Learn(Character, ["\u0301"]);
        var text = new SymbolText(codec.OpenDecoder());
        int longest = 0, total = 0;
        for (int i = 0; i < 100_000; i++)
        {
            int length = text.Append(2).Length;
            longest = Math.Max(longest, length);
            total += length;
        }
        Assert.Equal(SymbolText.MaximumHeld, longest);
        Assert.Equal(100_000, total + text.Flush().Length);
    }

    /// <summary>Returns symbols that no text has in this order: a model may generate any.</summary>
    private static int[] Shuffled(SymbolCodec codec, string text, int seed)
    {
        int[] symbols = [.. codec.Encode(text), SymbolCodec.Boundary, SymbolCodec.Unknown];
        if (seed % 2 == 0) new Random(seed).Shuffle(symbols);
        return symbols;
    }

    private static bool AreWhole(List<string> pieces)
    {
        HashSet<int> beginnings = [.. StringInfo.ParseCombiningCharacters(string.Concat(pieces)), string.Concat(pieces).Length];
        int at = 0;
        return pieces.All(piece => beginnings.Contains(at += piece.Length)) && pieces.SkipLast(1).All(piece => piece.Length < SymbolText.MaximumHeld);
    }

    private static List<string> Pieces(SymbolCodec codec, int[] symbols)
    {
        var text = new SymbolText(codec.OpenDecoder());
        List<string> pieces = [.. symbols.Select(text.Append)];
        pieces.Add(text.Flush());
        return pieces;
    }
}
