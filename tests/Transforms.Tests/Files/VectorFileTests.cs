using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn.Files;
using MlNetRnn.Transforms.Tests.Corpora;

namespace MlNetRnn.Transforms.Tests.Files;

public sealed class VectorFileTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("the 1 2 3\ngood 4 5 6\n", "the=1,2,3 good=4,5,6", 0, null)]
    [InlineData("2 3\nthe 1 2 3 \n\n  \ngood\t4\t5\t6\t\n", "the=1,2,3 good=4,5,6", 0, 2L)]
    [InlineData("4 3\nthe 1 2 3\n 3 2 1\ngood 4 5 6\n", "the=1,2,3 good=4,5,6", 1, 4L)]
    [InlineData("\t3 2 1\n\u00a0 3 2 1\nthe  1   2 3\n", "the=1,2,3", 2, null)]
    [InlineData("at name@domain.com 1 2 3\n. . . 4 5 6\n1 7 8 9\n", "at name@domain.com=1,2,3 . . .=4,5,6 1=7,8,9", 0, null)]
    [InlineData("the 1 2 3\nworld war 2 4 5 6\ngood 7 8 9\n", "the=1,2,3 world war 2=4,5,6 good=7,8,9", 0, null)]
    [InlineData("the 1 2 3\r\nthe 4 5 6\r\n", "the=1,2,3 the=4,5,6", 0, null)]
    public void Reads_words_and_numbers_and_counts_lines_without_a_word(string text, string expected, int withoutWord, long? announced)
    {
        VectorFile file = Open(text);
        Assert.Equal(
            expected,
            string.Join(' ', file.Read(3).ToArray().Select(line => $"{line.Word}={string.Join(',', file.Parse(line.Numbers.Span, 3, line.Line))}")));
        Assert.Equal((withoutWord, announced), (file.WithoutWord, file.Announced));
        Assert.Equal(3, file.FindSize());
    }

    [Theory]
    [InlineData("the 1 2 3\nbad 1 2\n", "line 2: expected a word and 3 numbers (EmbeddingSize), got 3 fields. ")]
    [InlineData("the 1 2 3 4\nbad 1 2 3 4\n", "line 1: expected a word and 3 numbers (EmbeddingSize), got 5 fields. ")]
    [InlineData("the 1 2 3\nbad 1.5 2 3 4\n", "line 2: expected a word and 3 numbers (EmbeddingSize), got 5 fields. ")]
    [InlineData("the 1 2 3\n 1 2\n", "line 2: expected a word and 3 numbers (EmbeddingSize), got 2 numbers. ")]
    [InlineData("2 4\nthe 1 2 3\n", "line 1: expected a word and 3 numbers (EmbeddingSize), got vectors of 4 numbers. ")]
    [InlineData("the 1 x 3\n", "line 1: expected a number as value 2 of 3, got 'x'. ")]
    [InlineData("the 1 2 nan\n", "line 1: expected a number as value 3 of 3, got 'nan'. ")]
    [InlineData("the 1 2 1e99\n", "line 1: expected a number as value 3 of 3, got '1e99'. ")]
    [InlineData("the 0,1 0,2 0,3\n", "line 1: expected a number as value 1 of 3, got '0,1'. ")]
    public void A_wrong_line_is_rejected_with_its_number(string text, string expected)
    {
        VectorFile file = Open(text);
        Assert.StartsWith(
            $"{_folder["a.vec"]}, {expected}",
            Assert.Throws<FormatException>(() => file.Read(3).ToList().ForEach(line => file.Parse(line.Numbers.Span, 3, line.Line))).Message);
    }

    [Fact]
    public void Words_that_are_not_UTF_8_are_left_out_and_counted()
    {
        byte[] cut = [.. "the 1 2 3\nca"u8, 0xC3, .. " 4 5 6\ngood 7 8 9\n"u8];
        File.WriteAllBytes(_folder["cut.vec"], cut);
        var file = new VectorFile(new TextFile(_folder["cut.vec"]));
        Assert.Equal(["the", "good"], file.Read(3).Select(line => line.Word));
        Assert.Equal((2L, 1, 2), (file.Words, file.Damaged, file.FirstDamaged));
        Assert.Equal(3, file.FindSize());
    }

    [Theory]
    [InlineData("")]
    [InlineData("one\ntwo\n")]
    public void A_file_without_vectors_has_no_size(string text) =>
        Assert.Contains("expected a word and its numbers in each line", Assert.Throws<FormatException>(() => Open(text).FindSize()).Message);

    [Fact]
    public async Task The_catalog_returns_the_size_of_the_vectors_but_refuses_a_pipe_that_would_be_empty_afterwards()
    {
        var ml = new MLContext();
        Assert.Equal(3, ml.Data.GetWordVectorSize(_folder.Write("a.vec", "the 1 2 3\n")));
        if (OperatingSystem.IsWindows()) return;                // named pipes are not files there
        string path = _folder["pipe"];
        using (Process mkfifo = Process.Start("mkfifo", path)) await mkfifo.WaitForExitAsync();
        Task writing = Task.Run(() => File.WriteAllText(path, "the 1 2 3\n"));
        Assert.Equal(
            $"{path}: expected a file, which can be read twice, got a pipe. Save its content to a file.",
            Assert.Throws<IOException>(() => ml.Data.GetWordVectorSize(path)).Message);
        await writing.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private VectorFile Open(string text) => new(new TextFile(_folder.Write("a.vec", text)));
}
