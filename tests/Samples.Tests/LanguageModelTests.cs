using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML;
using MlNetRnn.Samples.LanguageModel;
using MlNetRnn.Samples.Texts;
using ScottPlot;
using ScottPlot.Plottables;

namespace MlNetRnn.Samples.Tests;

/// <summary>The sample of language models: its commands on small texts, and the rows that a text becomes.</summary>
public sealed class LanguageModelTests : IDisposable
{
    private const string Sample = "LanguageModel";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("character", 40)]
    [InlineData("word", 12)]
    [InlineData("subword", 30)]
    public async Task A_model_is_trained_generates_and_scores(string unit, int length)
    {
        string model = FileName("m.zip"), text = Write("text.txt", Lines(120));
        (int exitCode, string output, string errors) = await SampleProcess.Run(Sample, [], [.. Train(text), "--unit", unit, "--model", model, "--epochs", "2"]);
        Assert.Equal((0, ""), (exitCode, errors));
        string[] last = output.TrimEnd().ReplaceLineEndings("\n").Split('\n')[^5..];
        Assert.Equal(
            ["ValidationNatsPerSymbol", "BitsPerSymbol", "Perplexity", "TrainSeconds", "TrainSymbolsPerSecond"], last.Select(line => line.Split(": ")[0]));
        double[] values = [.. last.Select(line => double.Parse(line.Split(": ")[1], CultureInfo.InvariantCulture))];
        Assert.Matches(@": \d+\.\d{4}$", last[0]);
        Assert.Equal(values[0] / Math.Log(2), values[1], 3);
        Assert.Equal(Math.Exp(values[0]), values[2], 1e-3 * values[2]);

        string[] generate = ["generate", "--model", model, "--length", $"{length}", "--seed", "3", "--prompt", "the cat"];
        (exitCode, string first, errors) = await SampleProcess.Run(Sample, [], generate);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(first, (await SampleProcess.Run(Sample, [], generate)).Output);
        if (unit == "character") Assert.Equal(length, first.Length);
        else Assert.NotEmpty(first);

        (exitCode, output, errors) = await SampleProcess.Run(Sample, "the cat sat\n\nqqq\n"u8.ToArray(), "score", "--model", model);
        Assert.Equal((0, ""), (exitCode, errors));
        string[] scores = output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(3, scores.Length);
        Assert.All(scores, line => Assert.Matches(@"^-?\d+\.\d{4}\t\d+\.\d{4}$", line));
    }

    [Fact]
    public async Task The_perplexity_of_a_line_of_words_is_that_of_its_words_and_its_end()
    {
        string model = FileName("m.zip"), text = Write("text.txt", Lines(60));
        Assert.Equal(0, (await SampleProcess.Run(Sample, [], [.. Train(text), "--unit", "whitespace", "--model", model, "--epochs", "1"])).ExitCode);
        (_, string output, _) = await SampleProcess.Run(Sample, "the cat sat\n"u8.ToArray(), "score", "--model", model);
        double[] score = [.. output.Trim().Split('\t').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal(Math.Exp(-score[0] / 4), score[1], 1e-2 * score[1]);
        (_, output, _) = await SampleProcess.Run(Sample, [], "generate", "--model", model, "--length", "50", "--seed", "1", "--temperature", "0.5");
        // Fifty words and ends of lines; lines have three words.
        Assert.InRange(output.Split('\n').Length, 2, 51);
    }

    [Fact]
    public async Task A_beam_search_and_a_compressed_text_with_its_own_validation_text()
    {
        string model = FileName("m.zip"), packed = FileName("text.txt.gz"), held = Write("held.txt", Lines(20));
        await using (var zip = new GZipStream(File.Create(packed), CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(Lines(60)));
        (int exitCode, string output, string errors) = await SampleProcess.Run(
            Sample, [], [.. Train(packed), "--validation", held, "--model", model, "--epochs", "1"]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains($"Measured on {held}", output);
        (exitCode, output, _) = await SampleProcess.Run(Sample, [], "generate", "--model", model, "--beam", "4", "--length", "10");
        Assert.Equal((0, 10), (exitCode, output.Length));
        (exitCode, output, errors) = await SampleProcess.Run(Sample, [], "generate", "--model", model, "--beam", "4", "--temperature", "0.5");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Matches("^generate: [^\n]*Temperature[^\n]*\n$", errors.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("a text", "--layers x", "train: --layers: expected a whole number, got 'x'. (--help lists all options)")]
    [InlineData("a text", "--minutes 0", "train: --minutes: expected more than 0, got 0.")]
    [InlineData("", "", "train: {0}: expected a text, got an empty file. Check the path.")]
    [InlineData(
        "a text",
        "--validation {0} --validation-fraction 0.2",
        "train: --validation: expected either --validation or --validation-fraction, got both. Leave one out.")]
    public async Task An_error_of_the_user_is_one_line(string text, string options, string expected)
    {
        string path = Write("text.txt", text);
        string[] arguments = ["train", "--text", path, .. string.Format(options, path).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        (int exitCode, _, string errors) = await SampleProcess.Run(Sample, [], arguments);
        Assert.Equal((1, string.Format(expected, path) + Environment.NewLine), (exitCode, errors));
    }

    [Fact]
    public async Task A_file_that_is_not_a_language_model_is_refused_in_one_line()
    {
        string file = Write("m.zip", "not a model, but long enough for one");
        foreach (string command in new[] { "generate", "score" })
        {
            (int exitCode, string output, string errors) = await SampleProcess.Run(Sample, [], command, "--model", file);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.Matches(new Regex($"^{command}: '{Regex.Escape(file)}' is not a model of this sample: [^\n]*\n$"), errors.ReplaceLineEndings("\n"));
        }
    }

    [Theory]
    [InlineData(RnnLanguageUnit.Character)]
    [InlineData(RnnLanguageUnit.Word)]
    [InlineData(RnnLanguageUnit.Whitespace)]
    [InlineData(RnnLanguageUnit.Subword)]
    public void Rows_contain_the_whole_text(RnnLanguageUnit unit)
    {
        var random = new Random(1);
        string[] lines =
        [
            "",
            "a b",
            "",
            .. Enumerable.Range(0, 3000).Select(_ => new string('x', random.Next(2000))),
            new string('y', 3 * TextRows.RowLength),
            string.Concat(Enumerable.Repeat("word ", 500_000)),
            "z" + string.Concat(Enumerable.Repeat("😀", TextRows.RowLength)),
            "end",
        ];
        TextRow[] rows = [.. TextRows.Of(lines, unit)];
        string end = TextRows.AreLines(unit) ? "" : "\n";
        Assert.Equal(string.Concat(lines.Select(line => line + end)), string.Concat(rows.Select(row => row.Text)));
        Assert.All(rows, row => Assert.InRange(row.Text.Length, 0, 2 * TextRows.RowLength));
        Assert.All(rows.Where(row => row.Text.Length > 0), row => Assert.False(char.IsHighSurrogate(row.Text[^1])));
        Assert.DoesNotContain(rows, row => row.Text.EndsWith(" wor", StringComparison.Ordinal));
        if (TextRows.AreLines(unit)) Assert.Equal(["", "a b", ""], rows[..3].Select(row => row.Text));
    }

    [Fact]
    public void The_demo_has_text_for_training_and_for_validation()
    {
        (string[] training, string[] validation) = RepositoryText.Read();
        Assert.InRange(training.Length, 5_000, 1_000_000);
        Assert.Equal(9.0, training.Length / (double)validation.Length, 0.1);
        Assert.Contains("namespace MlNetRnn;", training);
    }

    [Fact]
    public void A_baseline_that_sees_more_characters_is_better_where_they_matter()
    {
        var ml = new MLContext(1);
        // Of "ab" and "bb", only the first is followed by "c".
        IDataView Rows(int seed)
        {
            var random = new Random(seed);
            string text = string.Concat(Enumerable.Range(0, 400).Select(_ => random.Next(2) == 0 ? "abc " : "bbd "));
            return ml.Data.LoadFromEnumerable([new TextRow { Text = text }]);
        }

        Baseline[] baselines = Baselines.Measure(ml, Rows(1), Rows(2));
        Assert.Equal(
            ["n-grams: last 1 character", "n-grams: last 3 characters", "n-grams: last 5 characters"], baselines.Select(baseline => baseline.Name));
        // One of four characters is a choice between two: ln 2 / 4.
        Assert.InRange(baselines[1].Nats, 0.16, 0.25);
        Assert.InRange(baselines[0].Nats, baselines[1].Nats + 0.1, 1);
    }

    [Fact]
    public void The_picture_has_a_line_for_each_model()
    {
        RnnTrainingProgress[] epochs = [.. Enumerable.Range(1, 3).Select(i => new RnnTrainingProgress { Epoch = i, Loss = 2.0 / i, ValidationLoss = 2.2 / i })];
        Plot plot = LossPicture.Create(epochs, [new Baseline("2 characters", 2.1), new Baseline("5 characters", 1.4)]);
        Assert.Equal(
            ["LSTM, training", "LSTM, validation", "2 characters", "5 characters"], plot.GetPlottables<Scatter>().Select(line => line.LegendText));
    }

    private static string[] Train(string text) =>
        ["train", "--text", text, "--hidden", "16", "--batch", "4", "--bptt", "16", "--threads", "1"];

    private static string Lines(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"the {(i % 3 == 0 ? "cat" : "dog")} {(i % 2 == 0 ? "sat" : "ran")}\n"));

    private string FileName(string name) => _folder.File(name);

    private string Write(string name, string text)
    {
        File.WriteAllText(FileName(name), text);
        return FileName(name);
    }
}
