using Microsoft.ML;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Tests;

/// <summary>Checks of labels before the training: errors, warnings and summaries.</summary>
[Collection(nameof(Console))]
public sealed class ExamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_has_a_summary()
    {
        string output = Read("multiclass", Rows("n", "p", "p"), Rows("p"));
        Assert.Contains("train.tsv: 12 rows: p 8, n 4\n", output);
        Assert.Contains("test.tsv: 4 rows: p 4\n", output);
        Assert.DoesNotContain("warning", output);
    }

    [Theory]
    [InlineData("sentiment\treview text\n", true)]
    [InlineData("Label\tx y\n", true)]
    [InlineData("abc\tdef\n", true)]
    [InlineData("n\treview text\n", false)]
    [InlineData("n\tthe first row\n", false)]
    public void A_first_line_that_looks_like_column_names_causes_a_warning(string first, bool isWarned)
    {
        string output = Read("multiclass", first + Rows("n", "p"), null);
        Assert.Equal(isWarned ? 1 : 0, output.Split("warning: ").Length - 1);
        Assert.Equal(isWarned, output.Contains("looks like the names of the columns, but was read as a row. If it contains names, add --has-header"));
    }

    [Fact]
    public void A_first_row_that_was_read_as_column_names_causes_a_warning()
    {
        Assert.Contains(
            "was read as the names of the columns (--has-header), but 'n' is the label of 3 other rows",
            Read("multiclass", Rows("n", "p", "p"), null, hasHeader: true));
        Assert.DoesNotContain("warning", Read("multiclass", "label\ttext\n" + Rows("n", "p", "p"), null, hasHeader: true));
    }

    [Fact]
    public void A_label_with_a_single_row_causes_a_warning() =>
        Assert.Contains("1 label with a single row (rare)", Read("multiclass", Rows("n", "p", "p") + "rare\tsome text of a label\n", null));

    [Theory]
    [InlineData("multiclass")]
    [InlineData("binary")]
    public void A_test_file_with_other_labels_only_is_refused(string task)
    {
        string message = Assert.Throws<FileException>(() => Read(task, Rows("n", "p"), Rows("x", "y"))).Message;
        Assert.Contains("test.tsv: expected ", message);
        Assert.Contains("Check --label-column", message);
    }

    [Fact]
    public void Some_unseen_labels_cause_a_warning() =>
        Assert.Contains("warning: ", Read("multiclass", Rows("n", "p"), Rows("n", "x")));

    [Theory]
    [InlineData("multiclass", "expected at least two different labels, got 1 (n)")]
    [InlineData("binary", "expected two different labels (--task binary), got 1 (n)")]
    public void A_training_file_with_one_label_is_refused(string task, string expected) =>
        Assert.Contains(expected, Assert.Throws<FileException>(() => Read(task, Rows("n"), null)).Message);

    [Theory]
    [InlineData("three")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("3,5")]
    public void A_label_that_is_not_a_number_is_refused(string label) =>
        Assert.Contains($"line 2: expected a number with a decimal point as the label (--task regression), got '{label}'. Correct the line",
            Assert.Throws<FileException>(() => Read("regression", $"1.5\tone text\n{label}\ttwo texts\n", null)).Message);

    [Fact]
    public void Numeric_labels_have_a_summary()
    {
        Assert.Contains("rows: 1 4, 2 4, 10 4", Read("regression", Rows("1", "10", "2.0"), null));
        Assert.Contains("rows: labels from 0 to 10, mean 5", Read("regression", Rows([.. Enumerable.Range(0, 11).Select(i => $"{i}")]), null));
    }

    [Fact]
    public void Several_files_are_one_data_set()
    {
        string[] files = [Write("a.tsv", Rows("n", "p")), Write("b.csv", "the first,n\n\"the second, too\",p\n")];
        TextTask task = TextTask.Create("multiclass");
        var examples = new ExampleFiles([(new TableFile(files[0]), new TableColumns(1, 0)), (new TableFile(files[1]), new TableColumns(0, 1))], task);
        for (int pass = 0; pass < 2; pass++) Assert.Equal(10, examples.Read().Count());
        Assert.Equal("the second, too", examples.Read().Last().Text);
    }

    /// <summary>Four rows of each label.</summary>
    private static string Rows(params string[] labels) =>
        string.Concat(Enumerable.Range(0, 4).SelectMany(round => labels.Select((label, i) => $"{label}\tsome text number {round} of label {i}\n")));

    private string Read(string taskName, string train, string? test, bool hasHeader = false)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            TextTask task = TextTask.Create(taskName);
            ExampleFiles Open(string path) => new([(new TableFile(path, hasHeader: hasHeader), new TableColumns(1, 0))], task);
            ExampleFiles trainFiles = Open(Write("train.tsv", train));
            Examples.Read(new MLContext(1), task, trainFiles, trainFiles, test is null ? null : Open(Write("test.tsv", test)));
            // The training file validates, too, so that few rows are enough; its summary and warnings come twice.
            return string.Join('\n', output.ToString().Split('\n').Distinct());
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    private string Write(string name, string text)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
