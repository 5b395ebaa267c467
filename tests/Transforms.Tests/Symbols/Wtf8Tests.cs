using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Symbols;

namespace MlNetRnn.Transforms.Tests.Symbols;

public class Wtf8Tests
{
    [Property(MaxTest = 1000)]
    public Property Every_text_is_restored() => Prop.ForAll(WildTexts.Any(), text => Decode(Encode(text)) == text);

    [Property(MaxTest = 1000)]
    public Property Texts_without_lone_surrogates_are_UTF8() => Prop.ForAll(WildTexts.Any(), text =>
        string.Concat(text.EnumerateRunes()) is var valid && Encode(valid).SequenceEqual(Encoding.UTF8.GetBytes(valid)));

    /// <summary>Bytes that no text has: .NET defines how many replacement characters they become. ED begins halves of surrogate pairs here.</summary>
    [Property(MaxTest = 2000)]
    public Property Other_bytes_become_the_replacement_characters_of_NET() => Prop.ForAll(Arb.From(Bytes()), bytes =>
        Decode(bytes) == Encoding.UTF8.GetString(bytes));

    [Fact]
    public void Halves_of_surrogate_pairs_have_three_bytes()
    {
        Assert.Equal([0xED, 0xA0, 0x80], Encode("\uD800"));
        Assert.Equal("\uD800", Decode([0xED, 0xA0, 0x80]));
        Assert.Equal("\uD800\uDC00", Decode([0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80]));
        Assert.Equal("a\uFFFD", Decode([(byte)'a', 0xED, 0xBF]));
    }

    private static Gen<byte[]> Bytes() => Gen.OneOf(
        Gen.Choose(0, 255), Gen.Choose(0x80, 0xBF), Gen.Elements(0xE0, 0xE2, 0xF0, 0xF1, 0xF4, 0xC1, 0xC2, 0x9F, 0xA0, 0x8F, 0x90))
        .Where(value => value != 0xED).Select(value => (byte)value).ArrayOf();

    private static byte[] Encode(string text)
    {
        var bytes = new byte[text.Length * Wtf8.MaximumBytes];
        return bytes[..Wtf8.Encode(text, bytes)];
    }

    private static string Decode(byte[] bytes)
    {
        var decoder = new Wtf8Decoder();
        var text = new StringBuilder();
        foreach (byte value in bytes) decoder.Append(value, text);
        decoder.Flush(text);
        return text.ToString();
    }
}
