extern alias SequenceTagging;

using SequenceTagging::MlNetRnn.Samples.SequenceTagging;

namespace MlNetRnn.Samples.Tests;

using FileException = SequenceTagging::MlNetRnn.Samples.FileException;

/// <summary>What files of frames may look like, and what is said of those that may not.</summary>
public sealed class FrameFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("1 2.5 a\n-3 4e1 b\n\n5 6 a\n")]
    [InlineData("1,2.5,a\n-3,4e1,b\n\n5,6,a")]
    [InlineData("\uFEFF\r\n1, 2.5, a\r\n-3\t4e1\tb \r\n \r\n\r\n5 6 a\r\n\r\n")]
    public void Blanks_or_commas_separate_and_empty_lines_lie_between_sequences(string text) =>
        Assert.Equal(["1 2.5 -3 40 | a b", "5 6 | a"], Read(text));

    [Fact]
    public void A_point_is_a_point_in_every_culture_and_a_missing_value_is_NaN()
    {
        var culture = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(["1.5 NaN | a"], Read("1.5 NaN a\n"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_long_sequence_is_read_as_several()
    {
        File.WriteAllLines(_file, Enumerable.Repeat("1 2 a", 2 * FrameFile.LongestSequence + 1).Append("").Append("1 2 b"));
        Assert.Equal([FrameFile.LongestSequence, FrameFile.LongestSequence, 1, 1], new FrameFile(_file).Read().Select(sequence => sequence.Label.Length));
    }

    [Fact]
    public void The_size_of_a_frame_is_that_of_the_first_line()
    {
        File.WriteAllText(_file, "\n1 2 3 a\n1 2 3 b\n");
        Assert.Equal(3, new FrameFile(_file).FrameSize());
    }

    [Theory]
    [InlineData("1 2 a\n\n1 a\n", ", line 3: expected 3 columns as in line 1, got 2")]
    [InlineData("1 2 a\n1 2 3 a\n", ", line 2: expected 3 columns as in line 1, got 4")]
    [InlineData("1 2 a\n1 x a\n", ", line 2: expected a number (NaN for a missing one), got 'x'")]
    [InlineData("1 1e999 a\n", ", line 1: expected a number (NaN for a missing one), got '1e999'")]
    [InlineData("a\n", ", line 1: expected numbers and a tag, separated by blanks or commas, got one column")]
    [InlineData("\n \n", ": expected at least one frame, got none")]
    public void A_fault_is_told_with_file_and_line(string text, string expected) =>
        Assert.Equal(_file + expected, Assert.Throws<FileException>(() => Read(text)).Message);

    [Fact]
    public void No_file_and_a_folder_are_told()
    {
        Assert.Equal("nowhere.txt: there is no such file", Assert.Throws<FileException>(() => new FrameFile("nowhere.txt").FrameSize()).Message);
        string folder = Path.GetTempPath();
        Assert.Equal($"{folder}: expected a file, got a folder", Assert.Throws<FileException>(() => new FrameFile(folder).FrameSize()).Message);
    }

    [Fact]
    public void What_predict_is_asked_reads_back_as_the_same_numbers()
    {
        float[] frames = [0.1f, -1e-9f, float.MaxValue, 3];
        string[] lines = [.. PredictCommand.Lines(frames, 2)];
        Assert.Equal(2, lines.Length);
        Assert.Equal(frames, lines.SelectMany(FrameFile.Fields).Select(field => FrameFile.Number(field, "test", 1)));
    }

    private string[] Read(string text)
    {
        File.WriteAllText(_file, text);
        var file = new FrameFile(_file);
        _ = file.FrameSize();
        return [.. file.Read().Select(sequence => FormattableString.Invariant($"{string.Join(' ', sequence.Steps.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)))} | {string.Join(' ', sequence.Label)}"))];
    }
}
