using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Files;

namespace MlNetRnn.Transforms.Tests.Files;

public class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "[]")]
    [InlineData("a", "[a]")]
    [InlineData("a\n\nb\n", "[a][][b]")]
    [InlineData("a\r\nb\nc\r\n", "[a][b][c]")]
    [InlineData("a\r\nb\r", "[a][b]")]
    [InlineData("a\rb\r\rc\r", "[a][b][][c]")]
    [InlineData("a\rb", "[a][b]")]
    [InlineData("\r", "[]")]
    [InlineData("\uFEFFa\n\uFEFFb", "[a][b]")]
    [InlineData("a\u2028b\u0085c\vd\fe\n", "[a\u2028b\u0085c\vd\fe]")]
    public void Lines_end_with_LF_or_CRLF_or_all_with_CR(string text, string expected)
    {
        foreach (int piece in new[] { 1, 2, 1000 })
            Assert.Equal(expected, string.Concat(Read(Encoding.UTF8.GetBytes(text), piece).Select(line => $"[{line}]")));
    }

    [Theory]
    [InlineData("a\nb c\rd\n", "line 2, column 4: expected line ends like those before (a line feed), got a single carriage return. ")]
    [InlineData("a\r\nb\r\r\n", "line 2, column 2: expected line ends like those before (a line feed), got a single carriage return. ")]
    [InlineData("a\rb\n", "line 2, column 2: expected line ends like those before (a single carriage return), got a line feed. ")]
    [InlineData("a\rb\r\n", "line 2, column 2: expected line ends like those before (a single carriage return), got a line feed. ")]
    public void Mixed_line_ends_are_rejected(string text, string expected)
    {
        foreach (int piece in new[] { 1, 2, 1000 })
            Assert.StartsWith($"f.txt, {expected}", Assert.Throws<FormatException>(() => Read(Encoding.UTF8.GetBytes(text), piece)).Message);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'c', 0xE9, (byte)'\n' }, "f.txt, line 2, column 2: the file is not valid UTF-8 (byte 0xE9). ")]
    [InlineData(new byte[] { 0xC3, 0xA9, 0xC3 }, "f.txt, line 1, column 2: the file is not valid UTF-8 (byte 0xC3). ")]
    [InlineData(new byte[] { (byte)'a', 0xED, 0xA0, 0x80 }, "f.txt, line 1, column 2: the file is not valid UTF-8 (byte 0xED). ")]
    [InlineData(new byte[] { (byte)'a', 0xC0, 0x80 }, "f.txt, line 1, column 2: the file is not valid UTF-8 (byte 0xC0). ")]
    [InlineData(
        new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0 },
        "f.txt, line 2, column 2: expected UTF-8 text, got a NUL character: the file is UTF-16 or not text. ")]
    public void Bytes_that_are_not_text_are_rejected_with_line_and_column(byte[] bytes, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Read(bytes)).Message);

    [Theory]
    [InlineData(false, true, "the file is UTF-16, expected UTF-8. ")]
    [InlineData(true, true, "the file is UTF-16, expected UTF-8. ")]
    [InlineData(false, false, "the file is UTF-16 or not text. ")]
    [InlineData(true, false, "the file is UTF-16 or not text. ")]
    public void Utf16_is_rejected(bool bigEndian, bool hasMark, string expected)
    {
        var encoding = new UnicodeEncoding(bigEndian, hasMark);
        foreach (string text in new[] { "EU B-ORG\nrejects O\n", "漢字 B\n文 O\n" })
        {
            string message = Assert.Throws<FormatException>(() => Read([.. encoding.Preamble, .. encoding.GetBytes(text)])).Message;
            Assert.StartsWith("f.txt, line ", message);
            if (hasMark || text[0] == 'E') Assert.Contains(expected, message);
        }
    }

    [Fact]
    public void A_device_without_lines_is_rejected_before_memory_is_exhausted() =>
        Assert.Contains("NUL", Assert.Throws<FormatException>(() => new LineReader(new Zeros(), "zeros").Read().ToArray()).Message);

    [Fact]
    public void Lines_may_be_longer_than_the_buffer()
    {
        string[] lines = [new('é', 1_000_000), "x", new('y', 65536), new('z', 65535), ""];
        Assert.Equal(lines, Read(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));
    }

    [Fact]
    public void Line_numbers_line_ends_and_the_byte_order_mark_are_reported()
    {
        var reader = new LineReader(new MemoryStream("\uFEFFa\r\nb\nc"u8.ToArray()), "f.txt");
        Assert.Equal([new TextLine(1, "a", "\r\n") { HasByteOrderMark = true }, new TextLine(2, "b", "\n"), new TextLine(3, "c", "")], reader.Read());
    }

    [Property(MaxTest = 200)]
    public bool Lines_do_not_depend_on_the_pieces_in_which_they_arrive(NonEmptyArray<ushort> lengths, PositiveInt piece)
    {
        string[] lines = [.. lengths.Get.Select(length => new string('ä', length % 50_000))];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        return Read(bytes, 997 * piece.Get).SequenceEqual(lines);
    }

    /// <summary>Lines are never joined or split silently.</summary>
    [Property(MaxTest = 500)]
    public Property Any_mixture_of_line_ends_is_read_correctly_or_rejected() =>
        Prop.ForAll(Arb.From(Gen.Elements("\n", "\r\n", "\r").NonEmptyListOf()), ends =>
    {
        string[] texts = [.. ends.Select((_, i) => $"line{i}")];
        bool isClear = ends.All(end => end == "\r") || ends.SkipLast(1).All(end => end != "\r") || ends.All(end => end != "\r");
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(texts.Zip(ends, (text, end) => text + end)));
        try
        {
            return Read(bytes, 3).SequenceEqual(texts);
        }
        catch (FormatException e)
        {
            return !isClear && e.Message.Contains("carriage return");
        }
    });

    private static string[] Read(byte[] bytes, int piece = int.MaxValue) =>
        [.. new LineReader(new InPieces(bytes, piece), "f.txt").Read().Select(line => line.Text)];

    private sealed class Zeros : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            return count;
        }
    }
}
