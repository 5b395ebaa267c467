using System.Text;
using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Corpora;

namespace MlNetRnn.Transforms.Tests.Corpora;

public class Utf8LinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "[]")]
    [InlineData("a", "[a]")]
    [InlineData("a\n\nb\n", "[a][][b]")]
    [InlineData("a\r\nb\r", "[a][b]")]
    [InlineData("a\rb\n", "[a\rb]")]
    [InlineData("\uFEFFa\n\uFEFFb", "[a][\uFEFFb]")]
    public void Lines_end_with_a_line_feed(string text, string expected) => Assert.Equal(expected, string.Concat(Read(Encoding.UTF8.GetBytes(text)).Select(line => $"[{line}]")));

    [Fact]
    public void A_line_that_is_not_utf8_is_null() => Assert.Equal(["a", null, "c"], Read([.. "a\nb"u8, 0xC3, .. "\nc\n"u8]));

    [Fact]
    public void Lines_may_be_longer_than_the_buffer()
    {
        string[] lines = [new('é', 1_000_000), "x", new('y', 65536), new('z', 65535), ""];
        Assert.Equal(lines, Read(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));
    }

    [Property(MaxTest = 200)]
    public bool What_is_read_does_not_depend_on_how_it_comes(NonEmptyArray<ushort> lengths, PositiveInt piece)
    {
        string[] lines = [.. lengths.Get.Select(length => new string('ä', length % 50_000))];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        return Utf8Lines.Read(new InPieces(bytes, piece.Get)).SequenceEqual(lines);
    }

    private static IEnumerable<string?> Read(byte[] bytes) => Utf8Lines.Read(new MemoryStream(bytes));

    /// <summary>A stream that gives some bytes at a time, as one from a network does.</summary>
    private sealed class InPieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 997 * piece));
    }
}
