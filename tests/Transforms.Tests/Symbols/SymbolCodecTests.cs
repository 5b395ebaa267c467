using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Symbols;
using static MlNetRnn.RnnLanguageUnit;

namespace MlNetRnn.Transforms.Tests.Symbols;

public class SymbolCodecTests
{
    [Theory]
    [InlineData(Character, "bab aab", "a|b| ")]
    [InlineData(Word, "to be, or not to be", "be|to|,|not|or")]
    [InlineData(Whitespace, "to be, or  not\nto be", "to|be|be,|not|or")]
    public void Frequent_units_come_first_and_ties_are_ordinal(RnnLanguageUnit unit, string text, string expected)
    {
        SymbolCodec codec = SymbolCases.Learn(unit, [text]);
        Assert.Equal(expected.Split('|'), codec.Units());
        Assert.Equal(unit, codec.Unit);
        Assert.Equal("", codec.TextOf(SymbolCodec.Boundary));
    }

    [Theory]
    [InlineData(Character, "aabbc", "a|b")]
    [InlineData(Word, "a a b b c", "a|b")]
    public void Rare_units_and_those_beyond_the_maximum_are_unknown(RnnLanguageUnit unit, string text, string expected)
    {
        Assert.Equal(expected.Split('|'), SymbolCases.Learn(unit, [text], minimumCount: 2).Units());
        Assert.Equal(expected.Split('|'), SymbolCases.Learn(unit, [text], maximumSize: 2).Units());
        Assert.Equal([2, 3, SymbolCodec.Unknown], SymbolCases.Learn(unit, [text], maximumSize: 2).Encode(unit == Word ? "a b c" : "abc"));
    }

    [Fact]
    public void Characters_are_code_points_and_lone_surrogates_are_unknown()
    {
        SymbolCodec codec = SymbolCases.Learn(Character, ["a😀\uD83D\uFFFDa"]);
        Assert.Equal(["a", "😀"], codec.Units());
        Assert.Equal([2, 3, 1, 1, 1], codec.Encode("a😀\uDE00\uFFFDz"));
        Assert.Equal("a😀\uFFFD\uFFFD\uFFFD", codec.Decode([2, 3, 1, 0, 1, 1]));
        Assert.Equal(3, codec.IndexOf("😀"));
        Assert.Equal(SymbolCodec.Unknown, codec.IndexOf("aa"));
        Assert.Equal(SymbolCodec.Unknown, codec.IndexOf(""));
    }

    [Theory]
    [InlineData("Hello, world! (Yes.) \"No,\" he said: 50% of “it”…", "Hello, world! (Yes.) \"No,\" he said: 50% of “it”…")]
    [InlineData("a ( b ) c , d", "a (b) c, d")]
    [InlineData("\"one\" and \"two\"", "\"one\" and \"two\"")]
    [InlineData("東京は雨。 rain 東京", "東京は雨。 rain 東京")]
    [InlineData("¿Qué? $5 «non»", "¿Qué? $5 «non»")]
    [InlineData("3.14", "3. 14")]
    public void Words_have_blanks_where_a_writer_sets_them(string text, string expected)
    {
        SymbolCodec codec = SymbolCases.Learn(Word, [text]);
        Assert.Equal(expected, codec.Decode(codec.Encode(text)));
    }

    [Fact]
    public void The_text_of_the_unknown_word_is_the_unknown_word()
    {
        SymbolCodec codec = SymbolCases.Learn(Whitespace, ["<unk> a \uD800"]);
        Assert.Equal(["a", "\uFFFD"], codec.Units());
        Assert.Equal([1, 2, 3, 1], codec.Encode("<unk> a \uDC00 b"));
        Assert.Equal("<unk> a \uFFFD <unk>", codec.Decode([1, 0, 2, 3, 1, 0]));
    }

    [Fact]
    public void Tokens_may_contain_blanks_and_be_empty()
    {
        TokenCodecBuilder builder = SymbolCodecs.CreateTokenBuilder();
        foreach (string token in new[] { "New York", "", "New York" }) builder.AddToken(token);
        SymbolCodec codec = builder.Build(1, int.MaxValue).SaveAndLoad();
        Assert.Equal(["New York", ""], codec.Units());
        Assert.Equal(2, codec.IndexOf("New York"));
        Assert.Equal("New York  New York", codec.Decode([2, 3, 2]));
    }

    [Theory]
    [InlineData(Character)]
    [InlineData(Word)]
    [InlineData(Subword)]
    public void Nothing_to_learn_from_gives_the_smallest_vocabulary(RnnLanguageUnit unit)
    {
        SymbolCodec codec = SymbolCases.Learn(unit, [""]);
        Assert.Equal(unit == Subword ? 258 : 2, codec.Count);
        Assert.Empty(codec.Encode(""));
        Assert.Equal("", codec.Decode([]));
    }

    [Theory]
    [InlineData(Character, false)]
    [InlineData(Word, true)]
    [InlineData(Subword, true)]
    public void Numbers_that_are_no_symbols_are_rejected(RnnLanguageUnit unit, bool isTooLarge)
    {
        SymbolCodec codec = SymbolCases.Learn(unit, ["a b a b"]).SaveAndLoad();
        int symbol = isTooLarge ? codec.Count : -1;
        string expected = $"expected a number from 0 to {codec.Count - 1}, got {symbol}. ";
        Assert.Contains(expected, Assert.Throws<ArgumentOutOfRangeException>(() => codec.Decode([symbol])).Message);
    }

    [Property(MaxTest = 500)]
    public Property Known_characters_are_restored() => Prop.ForAll(WildTexts.Any(), text =>
        SymbolCases.Learn(Character, [text]) is var codec && codec.Decode(codec.Encode(text)) == string.Concat(text.EnumerateRunes()));

    [Property(MaxTest = 500)]
    public Property Known_tokens_are_restored() => Prop.ForAll(WildTexts.Any(), text =>
    {
        SymbolCodec codec = SymbolCases.Learn(Whitespace, [text]);
        string joined = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return codec.Decode(codec.Encode(text)) == string.Concat(joined.EnumerateRunes());
    });

    /// <summary>The tokens of the decoded text are the symbols, except where the text without blanks has other tokens (". ." and "..").</summary>
    [Property(MaxTest = 500)]
    public Property Words_lose_only_white_space() => Prop.ForAll(WildTexts.Any(), text =>
        SymbolCases.Learn(Word, [text]) is var codec
        && codec.Decode(codec.Encode(text)).Replace(" ", "") == string.Concat(codec.Encode(text).Select(codec.TextOf)));

    [Property(MaxTest = 300)]
    public Property A_loaded_codec_equals_the_saved_one(RnnLanguageUnit unit) => Prop.ForAll(WildTexts.Any(), text =>
    {
        SymbolCodec saved = SymbolCases.Learn(unit, [text, text]), loaded = saved.SaveAndLoad();
        return loaded.Unit == unit && loaded.Count == saved.Count && loaded.Encode(text + "x").SequenceEqual(saved.Encode(text + "x"))
            && loaded.Units().SequenceEqual(saved.Units())
            && loaded.Save().Zip(saved.Save()).All(pair => pair.First.Content.SequenceEqual(pair.Second.Content));
    });

    [Property(MaxTest = 200)]
    public Property The_order_of_the_rows_does_not_matter(RnnLanguageUnit unit) => Prop.ForAll(WildTexts.Any().Generator.ArrayOf().ToArbitrary(), rows =>
        SymbolCases.Learn(unit, rows).Save().Last().Content.SequenceEqual(SymbolCases.Learn(unit, rows.Reverse()).Save().Last().Content));

    [Theory]
    [InlineData("""{"Unit":"Sentence"}""", "[]", "later version")]
    [InlineData("""{"Unit":7}""", "[]", "got 7")]
    [InlineData("null", "[]", "damaged")]
    [InlineData("""{"Unit":"Word","WordRules":9}""", "[]", "version from 1 to 3, got 9")]
    [InlineData("""{"Unit":"Whitespace"}""", """["<unk>"]""", "damaged")]
    [InlineData("""{"Unit":"Character"}""", """["ab"]""", "got 'ab'")]
    [InlineData("""{"Unit":"Character"}""", """[""]""", "damaged")]
    [InlineData("""{"Unit":"Character"}""", """["\uFFFD"]""", "damaged")]
    [InlineData("""{"Unit":"Subword"}""", """[[2,3],[2,3]]""", "merge 1 to be a new pair of two of the symbols from 2 to 258, got 2, 3. ")]
    [InlineData("""{"Unit":"Subword"}""", """[[2,258]]""", "damaged")]
    [InlineData("""{"Unit":"Subword"}""", """[[1,2]]""", "damaged")]
    [InlineData("""{"Unit":"Subword"}""", """[null]""", "damaged")]
    [InlineData("""{"Unit":"Subword"}""", """[[2,3,4]]""", "damaged")]
    [InlineData("""{"Unit":"Subword"}""", "{}", "damaged")]
    public void Damaged_parts_are_rejected(string spec, string units, string expected) => Assert.Contains(expected, Assert.Throws<FormatException>(
        () => SymbolCodecs.Load(part => Encoding.UTF8.GetBytes(part == SymbolCodecs.SpecPart ? spec : units))).Message);

    /// <summary>A symbol of 2^40 bytes in a file of 400 bytes.</summary>
    [Fact]
    public void Merges_that_double_a_symbol_again_and_again_are_rejected()
    {
        string merges = $"[[2,2],{string.Join(',', Enumerable.Range(258, 40).Select(symbol => $"[{symbol},{symbol}]"))}]";
        Assert.Throws<FormatException>(() => SymbolCodecs.Load(
            part => Encoding.UTF8.GetBytes(part == SymbolCodecs.SpecPart ? """{"Unit":"Subword"}""" : merges)));
    }
}
