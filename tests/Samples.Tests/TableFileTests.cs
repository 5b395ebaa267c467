using System.Text;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Tests;

/// <summary>Valid tables, and the errors of invalid ones.</summary>
public sealed class TableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string _file;

    public TableFileTests() => _file = _folder.File("a.tsv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Quotes_are_ordinary_characters_in_a_TSV_file() =>
        Assert.Equal([(1, "a|he said \"no"), (3, "b|it's \"\" fine")], Rows("a\the said \"no\n\nb\tit's \"\" fine\t\n"));

    [Theory]
    [InlineData("\uFEFFa\tone\r\nb\ttwo\r\n")]
    [InlineData("a\tone\rb\ttwo\r")]
    public void A_byte_order_mark_and_all_kinds_of_line_ends_are_accepted(string text) => Assert.Equal([(1, "a|one"), (2, "b|two")], Rows(text));

    [Theory]
    [InlineData("a,\"one, \"\"two\"\"\n\nthree\",x\n\n\"b\",, four \r\n")]
    [InlineData("a, \"one, \"\"two\"\"\n\nthree\" ,x\n\n\t\"b\" ,, four \r\n")]
    public void Quoted_values_may_contain_separators_and_line_breaks(string text) =>
        Assert.Equal([(1, "a|one, \"two\"\n\nthree|x"), (5, "b|| four ")], Rows(text, TableFormat.Csv));

    [Fact]
    public void Line_breaks_within_quotes_are_the_same_in_every_file() =>
        Assert.Equal(Rows("\"a\nb\",x\n", TableFormat.Csv), Rows("\"a\r\nb\",x\r\n", TableFormat.Csv));

    [Fact]
    public void A_header_is_left_out() => Assert.Equal([(2, "a|one")], Rows("label\ttext\na\tone\n", hasHeader: true));

    [Fact]
    public void A_line_of_a_megabyte_is_read()
    {
        string text = string.Concat(Enumerable.Repeat("word ", 200_000));
        Assert.Equal([(1, $"a|{text}"), (2, "b|two")], Rows($"a\t{text}\nb\ttwo\n"));
        Assert.Equal([(1, $"a|{text}"), (2, "b|two")], Rows($"a,\"{text}\"\nb,two\n", TableFormat.Csv));
    }

    [Theory]
    [InlineData("a.csv", "a,one; two\nb,two\n", "comma", true)]
    [InlineData("a.csv", "\"one, two, three\";a\n\"two\";b\n", "semicolon", true)]
    [InlineData("a.csv", "one, two, three;a\ntwo;b\n", "semicolon", true)]
    [InlineData("a.csv", "a\tone, two\nb\ttwo\n", "tab", true)]
    [InlineData("a.txt", "a;one\nb;two, three\n", "semicolon", true)]
    [InlineData("a.txt", "a|one\nb|two, three\n", "pipe", true)]
    [InlineData("a.txt", "a\tone, two\nb\ttwo, three\n", "tab", false)]
    [InlineData("a.tsv", "one \"inch\ta\ntwo\tb\n", "tab", false)]
    [InlineData("a", "one, two\ta\ntwo\tb\n", "tab", false)]
    public void The_separator_is_the_one_that_cuts_rows_into_the_same_number_of_columns(string name, string text, string separator, bool isCsv)
    {
        TableLayout layout = Table(name, text).Layout;
        Assert.Equal((separator, isCsv), (layout.SeparatorName, layout.Format == TableFormat.Csv));
        Assert.Null(layout.Rival);
    }

    [Fact]
    public void An_unclear_separator_has_a_rival_and_can_be_chosen()
    {
        const string Text = "a,one;x\nb,two;y\n";
        Assert.Equal("semicolon", Table("a.csv", Text).Layout.Rival?.SeparatorName);
        File.WriteAllText(_folder.File("b.csv"), Text);
        var table = new TableFile(_folder.File("b.csv"), separator: "semicolon");
        Assert.Equal(["a,one|x", "b,two|y"], table.Rows().Select(row => string.Join('|', row.Columns)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("  \"  \"")]
    public void Lines_with_an_empty_quoted_value_are_skipped(string line) =>
        Assert.Equal([(1, "a|one"), (3, "b|two")], Rows($"a,one\n{line}\nb,two\n", TableFormat.Csv));

    [Fact]
    public void A_row_that_is_too_long_is_refused()
    {
        string message = Assert.Throws<FileException>(() => Rows($"a,\"never closed {new string('x', 1 << 24)}\n", TableFormat.Csv)).Message;
        Assert.StartsWith($"{_file}, line 1 or a line after it: expected rows of at most 16 million characters, got a longer one. Close the quotes", message);
    }

    [Theory]
    [InlineData("a,one\nb,\"two\" x\n", "line 2: expected a comma after the quotes that close the value of line 2, got: b,\"two\" x")]
    [InlineData("a,one\nb,two \"x\"\n", "line 2: expected quotes around a whole value only, got: b,two \"x\"")]
    [InlineData("a,one\nb,\"never closed\nc,three\n", "line 2: expected quotes after the value that begins with quotes here, got the end of the file. ")]
    [InlineData("a,one\nb,\"closed late\nc,three\nd,\"four\"\n", "line 4: expected a comma after the quotes that close the value of line 2, got: d,\"four\"")]
    public void Wrong_quotes_are_refused_with_the_line_on_which_they_begin(string text, string expected)
    {
        string message = Assert.Throws<FileException>(() => Rows(text, TableFormat.Csv)).Message;
        Assert.StartsWith($"{_file}, {expected}", message);
        Assert.EndsWith("give --format tsv if quotes are characters like any other.", message);
    }

    [Theory]
    [InlineData("a\tone\n\nb\n", "line 3: expected 2 columns as in line 1, got 1. The separator is a tab (--separator changes it): add ")]
    [InlineData("a\tone\nb\ttwo\tthree\n", "line 2: expected 2 columns as in line 1, got 3. The separator is a tab (--separator changes it): remove ")]
    public void Rows_with_another_number_of_columns_are_refused(string text, string expected) =>
        Assert.StartsWith($"{_file}, {expected}", Assert.Throws<FileException>(() => Rows(text)).Message);

    [Fact]
    public void Unquoted_commas_do_not_shift_columns() =>
        Assert.Contains("line 2: expected 2 columns as in line 1, got 3. The separator is a comma (--separator changes it): quote values that contain one.",
            Assert.Throws<FileException>(() => Rows("a,one\nb,two, three\n", TableFormat.Csv)).Message);

    [Fact]
    public void Other_encodings_are_refused_with_line_and_column()
    {
        File.WriteAllBytes(_file, Encoding.Latin1.GetBytes("n\tone\np\tthe fílm\n"));
        Assert.StartsWith(
            $"{_file}, line 2, column 8: the file is not valid UTF-8 (byte 0xED). ",
            Assert.Throws<FormatException>(() => new TableFile(_file).Rows().ToArray()).Message);
        File.WriteAllBytes(_file, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("n\tone\n")]);
        Assert.Contains("the file is UTF-16", Assert.Throws<FormatException>(() => new TableFile(_file)).Message);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("\n \n", "empty lines only")]
    public void A_file_without_rows_is_refused(string text, string got) =>
        Assert.Equal($"{_file}: expected at least one row, got {got}. Check the file.", Assert.Throws<FileException>(() => Rows(text)).Message);

    private (int Line, string Columns)[] Rows(string text, TableFormat? format = TableFormat.Tsv, bool hasHeader = false)
    {
        File.WriteAllText(_file, text);
        return [.. new TableFile(_file, format, hasHeader: hasHeader).Rows().Select(row => (row.Line, string.Join('|', row.Columns)))];
    }

    private TableFile Table(string name, string text)
    {
        _file = _folder.File(name);
        File.WriteAllText(_file, text);
        return new TableFile(_file);
    }
}
