using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using MlNetRnn.Files;
using MlNetRnn.Transforms.Tests.Corpora;

namespace MlNetRnn.Transforms.Tests.Files;

/// <summary>Tests of text files, compressed text files and pipes.</summary>
public sealed class TextFileTests : IDisposable
{
    private static readonly byte[] Content = "a X\nb Y\n"u8.ToArray();
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain.txt", false)]
    [InlineData("plain.txt.gz", false)]
    [InlineData("packed.gz", true)]
    [InlineData("packed.txt", true)]
    public void The_content_determines_the_format_not_the_name(string name, bool isPacked) =>
        Assert.Equal(["a X", "b Y"], Read(_folder.Write(name, isPacked ? GzipReaderTests.Packed(Content) : Content)));

    [Fact]
    public void Every_truncation_of_a_compressed_file_is_rejected_before_its_first_line()
    {
        byte[] packed = GzipReaderTests.Packed(Content);
        for (int length = 0; length < packed.Length; length++)
        {
            string path = _folder.Write("a.conll.gz", packed[..length]);
            Assert.StartsWith($"{path}: expected a ", Assert.Throws<FormatException>(() => new TextFile(path).Lines().First()).Message);
        }
    }

    [Fact]
    public void Reports_damage_and_not_its_effect_on_the_lines()
    {
        byte[] packed = GzipReaderTests.Packed(Content, System.IO.Compression.CompressionLevel.NoCompression);
        packed[^10] ^= 0x80;
        Assert.Contains("gzip -t", Assert.Throws<FormatException>(() => Read(_folder.Write("a.gz", packed))).Message);
    }

    [Fact]
    public void Empty_files_have_no_lines_but_an_empty_compressed_file_is_rejected()
    {
        Assert.Empty(Read(_folder.Write("a.txt", "")));
        Assert.Empty(Read(_folder.Write("a.gz", GzipReaderTests.Packed([]))));
        string path = _folder.Write("b.gz", "");
        Assert.StartsWith($"{path}: expected a gzip file, got an empty file (0 bytes). ", Assert.Throws<FormatException>(() => Read(path)).Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20, 0 }, "a zip archive")]
    [InlineData(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1 }, "a file compressed with xz")]
    public void Rejects_other_archives_and_reports_their_format(byte[] bytes, string expected) =>
        Assert.Contains($"got {expected}. Unpack it.", Assert.Throws<FormatException>(() => Read(_folder.Write("a.txt", bytes))).Message);

    [Fact]
    public void A_missing_file_and_a_folder_are_rejected_at_once()
    {
        Assert.Equal("nowhere.txt: there is no such file. Check the path.", Assert.Throws<FileNotFoundException>(() => new TextFile("nowhere.txt")).Message);
        Assert.EndsWith(": expected a file, got a folder. Check the path.", Assert.Throws<FileNotFoundException>(() => new TextFile(_folder["."])).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_named_pipe_is_read_once_and_returns_the_same_lines_again(bool isPacked)
    {
        if (OperatingSystem.IsWindows()) return;                // named pipes are not files there
        string path = _folder["pipe"];
        using (Process mkfifo = Process.Start("mkfifo", path)) await mkfifo.WaitForExitAsync();
        Task writing = Task.Run(() => File.WriteAllBytes(path, isPacked ? GzipReaderTests.Packed(Content) : Content));
        var file = new TextFile(path);
        for (int pass = 0; pass < 3; pass++) Assert.Equal(["a X", "b Y"], file.Lines().Select(line => line.Text));
        await writing.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Lines_of_a_stream_are_returned_as_soon_as_they_arrive()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        writer.Write("\n"u8);
        IEnumerator<TextLine> lines = TextFile.ReadLines(reader, "standard input").GetEnumerator();
        Assert.True(lines.MoveNext());
        Assert.Equal("", lines.Current.Text);
        writer.Write("two\n"u8);
        Assert.True(lines.MoveNext());
        Assert.Equal("two", lines.Current.Text);
        writer.Write("caf"u8);
        writer.Write([0xE9, (byte)'\n']);
        Assert.StartsWith("standard input, line 3, column 4: the file is not valid UTF-8", Assert.Throws<FormatException>(() => lines.MoveNext()).Message);
    }

    [Fact]
    public void A_stream_may_be_compressed() =>
        Assert.Equal(["a X", "b Y"], TextFile.ReadLines(new InPieces(GzipReaderTests.Packed(Content), 1), "standard input").Select(line => line.Text));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("7z")]
    [InlineData("PK\n")]
    public void A_short_stream_is_text(string text) =>
        Assert.Equal(
            text.TrimEnd('\n'),
            string.Concat(TextFile.ReadLines(new MemoryStream(Encoding.UTF8.GetBytes(text)), "standard input").Select(line => line.Text)));

    private static string[] Read(string path) => [.. new TextFile(path).Lines().Select(line => line.Text)];
}
