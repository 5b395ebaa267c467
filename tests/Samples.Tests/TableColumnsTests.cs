using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Tests;

/// <summary>The choice of the columns of text and label.</summary>
[Collection(nameof(Console))]
public sealed class TableColumnsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pos\tx\tsome longer text\nneg\ty\tanother long text\npos\tz\tand so on and on\n", null, null, 2, 0)]
    [InlineData("some longer text\tpos\nanother long text\tneg\n", null, null, 0, 1)]
    [InlineData("some longer text\tpos\tx\nanother long text\tneg\ty\n", null, "2", 0, 2)]
    [InlineData("pos\tshort\tsome longer text\nneg\tbrief\tanother long text\n", "1", null, 1, 0)]
    [InlineData("1\tpos\tsome longer text\n2\tneg\tanother long text\n3\tpos\tand so on and on\n4\tneg\tand yet another one\n", null, null, 2, 1)]
    [InlineData("train\tsome longer text\tpos\ntrain\tanother long text\tneg\ntrain\tand so on and on\tpos\n", null, null, 1, 2)]
    [InlineData("b\tgood one\n\"c d e f\"\tbad ones\nb\tgood one\n\"c d e f\"\tbad ones\n", null, null, 1, 0)]
    public void Columns_that_are_not_named_are_inferred(string text, string? named, string? label, int expectedText, int expectedLabel) =>
        Assert.Equal(new TableColumns(expectedText, expectedLabel), Of(text, named, label));

    [Theory]
    [InlineData("1\tpos\tsome longer text\n2\tpos\tanother long text\n3\tpos\tand so on and on\n")]
    [InlineData("a17\tpos\tsome longer text\nb20\tpos\tanother long text\nc31\tpos\tand so on and on\nd44\tpos\tand so on\n")]
    public void The_number_of_a_row_is_not_its_label(string text)
    {
        string message = Assert.Throws<FileException>(() => Of(text, null, null)).Message;
        Assert.Contains("expected one column that is clearly the label, got 0: ", message);
        Assert.EndsWith("Give --label-column.", message);
    }

    [Fact]
    public void Row_numbers_and_scores_cannot_be_distinguished() =>
        Assert.Contains(
            "clearly the label, got 2: ",
            Assert.Throws<FileException>(() => Of("1\t0.5\tsome text\n2\t0.7\tanother text\n3\t0.9\ta third text\n", null, null, isNumeric: true)).Message);

    [Theory]
    [InlineData("text", "sentiment", 1, 0)]
    [InlineData(null, "Sentiment ", 1, 0)]
    [InlineData("sentiment", "text", 0, 1)]
    public void Columns_may_be_named(string? text, string? label, int expectedText, int expectedLabel) =>
        Assert.Equal(new TableColumns(expectedText, expectedLabel), Of("sentiment\ttext\nn\ta bad film\np\ta good film\n", text, label, hasHeader: true));

    [Theory]
    [InlineData("5", null, "--text-column: expected a column of ")]
    [InlineData(null, "-1", "--label-column: expected a column of ")]
    [InlineData("nothing", null, "--text-column: expected the name of a column of ")]
    public void A_column_that_does_not_exist_is_refused(string? text, string? label, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FileException>(() => Of("a\tone\nb\ttwo\n", text, label)).Message);

    [Fact]
    public void Equal_columns_and_a_single_one_are_refused()
    {
        Assert.Contains(
            "expected different columns for text and label, got 1 for both", Assert.Throws<FileException>(() => Of("a\tone\nb\ttwo\n", "1", "1")).Message);
        Assert.Contains(
            "line 1: expected at least 2 columns, got 1 with a tab as the separator. Give --separator (tab, comma, semicolon, pipe).",
            Assert.Throws<FileException>(() => Of("a one\nb two\n", null, null)).Message);
    }

    [Fact]
    public void Another_file_may_have_its_columns_in_another_order_if_both_have_names()
    {
        TableFile train = Table("train.tsv", "label\ttext\nn\tone\np\ttwo\n", true), test = Table("test.tsv", "id\ttext\tLabel\n1\tone\tn\n", true);
        Assert.Equal(new TableColumns(1, 2), new TableColumns(1, 0).In(test, train));
        TableFile other = Table("other.tsv", "id\ttext\tclass\n1\tone\tn\n", true);
        Assert.Contains("expected the column 'label' of ", Assert.Throws<FileException>(() => new TableColumns(1, 0).In(other, train)).Message);
        Assert.Contains(
            "line 1: expected 2 columns as in ",
            Assert.Throws<FileException>(() => new TableColumns(1, 0).In(Table("c.tsv", "a\tb\tc\n", false), Table("d.tsv", "a\tb\n", false))).Message);
    }

    private TableColumns Of(string rows, string? text, string? label, bool isNumeric = false, bool hasHeader = false) =>
        TableColumns.Of([Table("a.tsv", rows, hasHeader)], text, label, isNumeric);

    private TableFile Table(string name, string text, bool hasHeader)
    {
        File.WriteAllText(_folder.File(name), text);
        return new TableFile(_folder.File(name), hasHeader: hasHeader);
    }
}
