using System.IO.Compression;
using System.Text;

namespace MlNetRnn.Samples.Tests;

/// <summary>Whole commands on small files: their output, and errors in one line.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Text = "TextClassification", Tags = "SequenceTagging";
    private static readonly string[] Quick = ["--epochs", "1", "--hidden", "8"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_test_file_of_one_class_has_every_metric_that_is_defined()
    {
        string two = Write("two.tsv", Rows("n", "p")), one = Write("one.tsv", Rows("n"));
        (int exitCode, string output, string errors) = await SampleProcess.Run(
            Text, [], ["train", "--train", two, "--validation", one, "--test", one, "--task", "binary", .. Quick]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches(@"\nAccuracy: [01]\.\d{4}\r?\nAreaUnderRocCurve: n/a\r?\nLogLoss: \d\.\d{4}\r?\n", output);
        Assert.EndsWith(Environment.NewLine, output);
    }

    [Fact]
    public async Task R_squared_is_not_defined_for_a_single_number()
    {
        string train = Write("train.tsv", Rows("1", "2")), test = Write("test.tsv", Rows("1"));
        (int exitCode, string output, _) = await SampleProcess.Run(
            Text, [], ["train", "--train", train, "--validation", train, "--test", test, "--task", "regression", .. Quick]);
        Assert.Equal(0, exitCode);
        Assert.Contains("RSquared: n/a", output);
    }

    [Fact]
    public async Task A_label_with_a_line_break_is_printed_in_one_line()
    {
        string model = _folder.File("m.zip"), train = Write("a.csv", string.Concat(Enumerable.Repeat("b,a bad film\n\"one\ntwo\",a good film\n", 20)));
        Assert.Equal(0, (await SampleProcess.Run(Text, [], ["train", "--train", train, "--label-column", "0", "--model", model, .. Quick])).ExitCode);
        (int exitCode, string output, _) = await SampleProcess.Run(Text, "a bad film\na good film\n\nlast"u8.ToArray(), "predict", "--model", model);
        Assert.Equal(0, exitCode);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.All(lines[..4], line => Assert.Matches(@"^(b|one\\ntwo)\t[01]\.\d{4}$", line));

        (exitCode, output, string errors) = await SampleProcess.Run(Text, [.. "ok\ncaf"u8, 0xE9, (byte)'\n'], "predict", "--model", model);
        Assert.Equal(1, exitCode);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.StartsWith("predict: standard input, line 2, column 4: the file is not valid UTF-8 (byte 0xE9). ", errors);
    }

    [Fact]
    public async Task A_tagger_is_trained_on_a_treebank_in_parts_and_fills_CoNLL_U()
    {
        const string Sentence = "# text = a\r\n1\tAnna\tanna\tPROPN\t_\t_\t0\troot\t_\tSpaceAfter=No\r\n2\tsleeps\t_\tVERB\t_\t_\t1\tdep\t_\t_\r\n\r\n";
        string one = Write("one.conllu", string.Concat(Enumerable.Repeat(Sentence, 12)));
        string two = _folder.File("two.conllu.gz"), model = _folder.File("m.zip");
        using (var packed = new GZipStream(File.Create(two), CompressionLevel.Fastest)) packed.Write(File.ReadAllBytes(one));
        (int exitCode, string output, string errors) = await SampleProcess.Run(Tags, [], ["train", "--train", one, two, "--model", model, .. Quick]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains(": 24 sentences, 48 tokens: PROPN 24, VERB 24", output);
        Assert.Contains("SpanF1: n/a", output);
        string blank = Sentence.Replace("PROPN", "_").Replace("VERB", "_");
        (exitCode, output, _) = await SampleProcess.Run(Tags, Encoding.UTF8.GetBytes(blank), "predict", "--model", model, "--format", "conllu");
        Assert.Equal(0, exitCode);
        Assert.Equal(blank, output.Replace("PROPN", "_").Replace("VERB", "_"));
        Assert.NotEqual(blank, output);
    }

    [Fact]
    public async Task Frames_have_neither_spans_nor_unknown_tokens()
    {
        string train = Write("a.csv", string.Concat(Enumerable.Repeat("0.5,,low\n,2.5,high\n\n", 60)));
        (int exitCode, string output, string errors) = await SampleProcess.Run(Tags, [], ["train", "--train", train, .. Quick]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("Format: frames", output);
        Assert.Matches(@"\nSpanF1: n/a\r?\nUnknownTokenAccuracy: n/a\r?\n", output);
    }

    [Theory]
    [InlineData("a.tsv", "n\ta\n", "--layers x", "train: --layers: expected a whole number, got 'x'. (--help lists all options)")]
    [InlineData(
        "a.conll",
        "# id 1\td=x\na _ B\n",
        "",
        "train: {0}, line 2: expected 2 columns as in line 1 of the same sentence, got 3. If lines that begin with # are comments, give --skip-comments.")]
    [InlineData(
        "a.txt",
        "0,5 1,5 a\n",
        "",
        "train: {0}, line 1: expected commas that separate numbers, got commas that may be decimal marks: 0,5 1,5 a. Write numbers with a decimal point, and "
            + "separate them by blanks, tabs, semicolons or commas.")]
    public async Task An_error_of_the_user_is_one_line(string name, string text, string options, string expected)
    {
        string path = Write(name, text);
        string[] arguments = ["train", "--train", path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        (int exitCode, _, string errors) = await SampleProcess.Run(name == "a.tsv" ? Text : Tags, [], arguments);
        Assert.Equal((1, string.Format(expected, path) + Environment.NewLine), (exitCode, errors));
    }

    [Theory]
    [InlineData(Text)]
    [InlineData(Tags)]
    [InlineData("Experiment")]
    public async Task A_file_that_is_not_a_model_is_refused_in_one_line(string sample)
    {
        (string Content, string Got)[] files =
            [("", "a file of 0 bytes"), ("PK", "a file of 2 bytes"), ("not a model, but long enough for one", "something other than a zip archive")];
        foreach ((string content, string got) in files)
        {
            string file = Write("not-a-model.zip", content);
            (int exitCode, string output, string errors) = await SampleProcess.Run(sample, "a text\n"u8.ToArray(), "predict", "--model", file);
            string expected = $"expected a model as ML.Model.Save writes it, got {got}. Save the model again, or copy the file again.";
            Assert.Equal((1, "", $"predict: '{file}' is not a model of this sample: {expected}{Environment.NewLine}"), (exitCode, output, errors));
        }
    }

    private static string Rows(params string[] labels) =>
        string.Concat(Enumerable.Range(0, 12).SelectMany(round => labels.Select((label, i) => $"{label}\tsome text number {round} of label {i}\n")));

    private string Write(string name, string text)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
