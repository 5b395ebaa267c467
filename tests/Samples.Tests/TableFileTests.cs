using MlNetRnn.Samples.TextClassification;


namespace MlNetRnn.Samples.Tests;

using Columns = MlNetRnn.Samples.TextClassification.Columns;

/// <summary>What files of one's own may look like, and what is said of those that may not.</summary>
public sealed class TableFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Tabs_separate_and_quotes_are_characters() =>
        Assert.Equal([(1, "a|he said \"no"), (3, "b|it's \"\" fine|")], Rows("a\the said \"no\n\nb\tit's \"\" fine\t\n"));

    [Fact]
    public void A_byte_order_mark_and_line_ends_of_Windows_do_no_harm() =>
        Assert.Equal([(1, "a|one"), (2, "b|two")], Rows("\uFEFFa\tone\r\nb\ttwo\r\n"));

    [Fact]
    public void Commas_separate_and_quotes_hold_together() =>
        Assert.Equal([(1, "a|one, \"two\"\n\nthree|x"), (5, "b|| four ")], Rows("a,\"one, \"\"two\"\"\n\nthree\",x\n\n\"b\",, four \r\n", TableFormat.Csv));

    [Fact]
    public void A_header_is_left_out() => Assert.Equal([(2, "a|one")], Rows("label\ttext\na\tone\n", hasHeader: true));

    [Fact]
    public void A_line_of_a_megabyte_is_a_line_like_any_other()
    {
        string text = string.Concat(Enumerable.Repeat("word ", 200_000));
        Assert.Equal([(1, $"a|{text}"), (2, "b|two")], Rows($"a\t{text}\nb\ttwo\n"));
        Assert.Equal([(1, $"a|{text}"), (2, "b|two")], Rows($"a,\"{text}\"\nb,two\n", TableFormat.Csv));
    }

    [Theory]
    [InlineData("a,one\nb,\"two\" x\n", "line 2: expected quotes around a whole column only, with quotes inside doubled and all of them closed, got b,two")]
    [InlineData("a,one\nb,\"never closed\n", "line 2: expected quotes around a whole column only")]
    public void Quotes_that_are_wrong_are_told_with_file_and_line(string text, string expected)
    {
        string message = Assert.Throws<FileException>(() => Rows(text, TableFormat.Csv)).Message;
        Assert.StartsWith(_file, message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void A_missing_column_is_told_with_file_and_line() => Assert.Equal($"{_file}, line 3: expected at least 2 columns, got 1",
        Assert.Throws<FileException>(() => Examples("a\tone\n\nb\n", TextTask.Create("multiclass"))).Message);

    [Theory]
    [InlineData("three")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    public void A_label_that_is_no_number_is_told(string label) => Assert.Equal($"{_file}, line 2: expected a number as the label (--task regression), got '{label}'",
        Assert.Throws<FileException>(() => Examples($"1.5\tone text\n{label}\ttwo texts\n", TextTask.Create("regression"))).Message);

    [Fact]
    public void No_file_and_no_row_are_told()
    {
        Assert.Equal("nowhere.tsv: there is no such file", Assert.Throws<FileException>(() => new TableFile("nowhere.tsv", TableFormat.Tsv, false).Rows().ToArray()).Message);
        Assert.Equal($"{_file}: expected at least one row, got none", Assert.Throws<FileException>(() => Examples("\n \n", TextTask.Create("multiclass"))).Message);
    }

    [Theory]
    [InlineData("pos\tx\tsome longer text\nneg\ty\tanother long text\npos\tz\tand so on and on\n", null, null, 2, 0)]
    [InlineData("some longer text\tpos\nanother long text\tneg\n", null, null, 0, 1)]
    [InlineData("some longer text\tpos\tx\nanother long text\tneg\ty\n", null, 2, 0, 2)]
    [InlineData("pos\tshort\tsome longer text\nneg\tbrief\tanother long text\n", 1, null, 1, 0)]
    public void The_columns_are_found_where_they_are_not_named(string text, int? named, int? label, int expectedText, int expectedLabel)
    {
        File.WriteAllText(_file, text);
        Assert.Equal(new Columns(expectedText, expectedLabel), Columns.Of(new TableFile(_file, TableFormat.Tsv, false), named, label));
    }

    [Fact]
    public void A_column_that_is_not_there_is_told()
    {
        File.WriteAllText(_file, "a\tone\n");
        Assert.Equal($"{_file}, line 1: expected at least 6 columns, got 2. Is this the right --format?",
            Assert.Throws<FileException>(() => Columns.Of(new TableFile(_file, TableFormat.Tsv, false), 5, null)).Message);
    }

    private (int Line, string Columns)[] Rows(string text, TableFormat format = TableFormat.Tsv, bool hasHeader = false)
    {
        File.WriteAllText(_file, text);
        return [.. new TableFile(_file, format, hasHeader).Rows().Select(row => (row.Line, string.Join('|', row.Columns)))];
    }

    private Example[] Examples(string text, TextTask task)
    {
        File.WriteAllText(_file, text);
        var table = new TableFile(_file, TableFormat.Tsv, false);
        return [.. new ExampleFile(table, Columns.Of(table, null, null), task).Read()];
    }
}
