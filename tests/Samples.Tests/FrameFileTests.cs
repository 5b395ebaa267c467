using System.Globalization;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Tests;

/// <summary>Valid files of frames, and the errors of invalid ones.</summary>
public sealed class FrameFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("1 2.5 a\n-3 4e1 b\n\n5 6 a\n")]
    [InlineData("1,2.5,a\n-3,4e1,b\n\n5,6,a")]
    [InlineData("1;2.5;a\n-3; 4e1 ;b\n;;\n5;6;a")]
    [InlineData("1 2.5\ta\n-3 4e1\tb\n\n5 6\ta")]
    [InlineData("1 2.5 a\r-3 4e1 b\r\r5 6 a\r")]
    [InlineData("\uFEFF\r\n1, 2.5, a\r\n-3\t4e1\tb \r\n \r\n\r\n5 6 a\r\n\r\n")]
    public void Blanks_or_marks_separate_numbers_and_empty_lines_separate_sequences(string text) =>
        Assert.Equal(["1 2.5 -3 40 | a b", "5 6 | a"], Read(text));

    [Theory]
    [InlineData(",2,7,a\n0.5,,7,b\n1,2,,c\n")]
    [InlineData("\t2\t7\ta\n0.5\t\t7\tb\n1\t2\t\tc\n")]
    [InlineData(";2;7;a\n0.5;NA;7;b\n1;2; ;c\n")]
    [InlineData("? 2 7 a\n0.5 nan 7 b\n1 2 N/A c\n")]
    public void A_missing_value_stays_in_its_column(string text) => Assert.Equal(["NaN 2 7 0.5 NaN 7 1 2 NaN | a b c"], Read(text));

    [Theory]
    [InlineData("0,169 1,240 noise\n")]
    [InlineData("1,5 noise\n")]
    [InlineData("1,5 2 noise\n")]
    [InlineData("1,234.5 2 noise\n")]
    [InlineData("0,169,1,047,noise\n")]
    public void Commas_that_may_be_decimal_marks_are_refused(string text)
    {
        string message = Assert.Throws<FormatException>(() => Read(text)).Message;
        Assert.StartsWith($"{_file}, line 1: expected commas that separate numbers, got commas that may be decimal marks: ", message);
        Assert.EndsWith("Write numbers with a decimal point, and separate them by blanks, tabs, semicolons or commas.", message);
    }

    [Theory]
    [InlineData("0,5\t1\ta\n", "0,5")]
    [InlineData("1.5;0,5;a\n", "0,5")]
    [InlineData("1'234 2 a\n", "1'234")]
    [InlineData("1.234.567 2 a\n", "1.234.567")]
    [InlineData("\u22121 2 a\n", "\u22121")]
    [InlineData("\u0661 2 a\n", "\u0661")]
    public void Numbers_of_other_cultures_are_refused(string text, string got) =>
        Assert.StartsWith(
            $"{_file}, line 1: expected a number (or nothing, NA, NaN or ? for a missing one), got '{got}'. ",
            Assert.Throws<FormatException>(() => Read(text)).Message);

    [Fact]
    public void A_tag_may_have_blanks_between_commas() => Assert.Equal(["1.5 2 3 4 | two words 2 voices"], Read("1.5,2,two words\n3.0,4,2 voices\n"));

    [Fact]
    public void Comments_are_skipped_on_request_and_otherwise_the_message_names_the_option()
    {
        File.WriteAllText(_file, "# made by hand\n1 2 a\n# more\n3 4 b\n");
        Assert.Equal(["a", "b"], Assert.Single(new FrameFile(_file, skipComments: true).Read()).Label);
        Assert.Equal($"{_file}, line 1: expected a frame, got '# made by hand'. If lines that begin with # are comments, give --skip-comments.",
            Assert.Throws<FormatException>(() => new FrameFile(_file).FrameSize()).Message);
    }

    [Fact]
    public void The_decimal_point_does_not_depend_on_the_culture()
    {
        var culture = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
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
    [InlineData("1 2 a\n\n1 a\n", ", line 3: expected 3 columns as in line 1, got 2. Correct the line.")]
    [InlineData("1 2 a\n1 2 3 a\n", ", line 2: expected 3 columns as in line 1, got 4. Correct the line.")]
    [InlineData("1 2 a\n1 x a\n", ", line 2: expected a number (or nothing, NA, NaN or ? for a missing one), got 'x'. Correct the line.")]
    [InlineData(
        "x,y,tag\n1,2,a\n",
        ", line 1: expected a number (or nothing, NA, NaN or ? for a missing one), got 'x'. If line 1 contains the names of the columns, remove it.")]
    [InlineData(
        "1 1e999 a\n",
        ", line 1: expected a number (or nothing, NA, NaN or ? for a missing one), got '1e999'. If line 1 contains the names of the columns, remove it.")]
    [InlineData("a\n", ", line 1: expected numbers and a tag, separated by blanks, tabs, semicolons or commas, got one column. Correct the line.")]
    [InlineData("1,2,\n", ", line 1: expected a tag in the last column, got nothing. Add the tag, or remove the separator at the end of the line.")]
    public void A_wrong_line_is_refused_with_file_and_line(string text, string expected) =>
        Assert.Equal(_file + expected, Assert.Throws<FormatException>(() => Read(text)).Message);

    [Fact]
    public void A_file_without_frames_no_file_and_a_folder_are_refused()
    {
        Assert.Equal(
            _file + ": expected at least one frame, got none. Give a file with one frame per line.", Assert.Throws<FileException>(() => Read("\n \n")).Message);
        Assert.Equal("nowhere.txt: there is no such file. Check the path.", Assert.Throws<FileNotFoundException>(() => new FrameFile("nowhere.txt")).Message);
        string folder = Path.GetTempPath();
        Assert.Equal($"{folder}: expected a file, got a folder. Check the path.", Assert.Throws<FileNotFoundException>(() => new FrameFile(folder)).Message);
    }

    [Fact]
    public void Frames_written_as_lines_are_read_as_the_same_numbers()
    {
        float[] frames = [0.1f, -1e-9f, float.MaxValue, 3];
        string[] lines = [.. TagPredictCommand.Lines(frames, 2)];
        Assert.Equal(2, lines.Length);
        Assert.Equal(frames, lines.SelectMany(line => FrameLine.Fields(line, "test", 1)).Select(field => FrameLine.Number(field, "test", 1)));
    }

    private string[] Read(string text)
    {
        File.WriteAllText(_file, text);
        var file = new FrameFile(_file);
        _ = file.FrameSize();
        return [.. file.Read().Select(sequence => $"{Numbers(sequence)} | {string.Join(' ', sequence.Label)}")];
    }

    private static string Numbers(TaggedFrames sequence) => string.Join(' ', sequence.Steps.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
