using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MlNetRnn.Samples.Tests;

/// <summary>The sample of translation: its commands on small files.</summary>
public sealed class TranslationTests : IDisposable
{
    private const string Sample = "Translation";
    private static readonly string[] Names =
        ["Bleu", "ChrF", "ValidationPerplexity", "TrainSeconds", "TrainTokensPerSecond", "TranslateWordsPerSecond", "BleuSignature"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("subword", "none")]
    [InlineData("word", "additive")]
    [InlineData("whitespace", "dot")]
    [InlineData("character", "general")]
    public async Task A_model_is_trained_translates_and_scores(string unit, string attention)
    {
        string model = _folder.File("m.zip");
        (int exitCode, string output, string errors) = await SampleProcess.Run(
            Sample, [], [.. Train(Write("pairs.tsv", Pairs(60))), "--unit", unit, "--attention", attention, "--subwords", "300", "--model", model]);
        Assert.Equal((0, ""), (exitCode, errors));
        string[] last = Lines(output)[^Names.Length..];
        Assert.Equal(Names, last.Select(line => line.Split(": ")[0]));
        Assert.Matches(@": \d+\.\d{2}$", last[0]);
        Assert.All(last[..^1], line => double.Parse(line.Split(": ")[1], CultureInfo.InvariantCulture));
        Assert.StartsWith("BleuSignature: nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:", last[^1]);

        (exitCode, output, _) = await SampleProcess.Run(Sample, Input("the cat sat\n\nthe dog\n"), "translate", "--model", model, "--beam", "2");
        Assert.Equal(0, exitCode);
        string[] translations = output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal((4, "", ""), (translations.Length, translations[1], translations[3]));

        (exitCode, output, errors) = await SampleProcess.Run(Sample, Input("the cat sat\tle chat\n\t\n"), "score", "--model", model);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.All(Lines(output), line => Assert.Matches(@"^-?\d+\.\d{4}\t\d+\.\d{4}$", line));
        Assert.Equal(2, Lines(output).Length);
    }

    [Fact]
    public async Task Compressed_parallel_files_lowercase_and_the_n_best_translations_with_pictures()
    {
        string model = _folder.File("m.zip"), source = _folder.File("s.gz"), target = Write("t", Column(1)), pictures = _folder.File("pictures");
        await using (var zip = new GZipStream(File.Create(source), CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(Column(0)));
        string[] arguments =
        [
            "train", "--train-source", source, "--train-target", target, "--validation-source", source, "--validation-target", target, "--test",
            Write("test.tsv", Pairs(3)), "--lower-case", "--unit", "whitespace", "--tokenize", "none", .. Small, "--model", model,
        ];
        (int exitCode, string output, string errors) = await SampleProcess.Run(Sample, [], arguments);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("|tok:none|", output);
        Assert.Contains($"Measured on {_folder.File("test.tsv")}:", output);

        async Task<string> Translate(string text) => (await SampleProcess.Run(
            Sample, Input(text), "translate", "--model", model, "--n-best", "2", "--attention", pictures)).Output;
        string upper = await Translate("\nTHE CAT Sat\n");
        Assert.Equal(upper, await Translate("\nthe cat sat\n"));
        Assert.Equal(2, Lines(upper).Length);
        Assert.Matches(@"^2\t1\t-\d+\.\d{4}\t", upper);
        Assert.Equal(["line-0002.png"], Directory.GetFiles(pictures).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_model_of_several_languages_asks_for_one()
    {
        string model = _folder.File("m.zip"), pairs = Write("pairs.tsv", Pairs(30, "\ten\tfr") + Pairs(30, "\tfr\ten"));
        string[] train = [.. Train(pairs), "--unit", "whitespace", "--source-language-column", "2", "--target-language-column", "3", "--model", model];
        (int exitCode, string output, string errors) = await SampleProcess.Run(Sample, [], train);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("60 pairs, to en 30, fr 30", output);
        foreach ((string[] to, string got) in new (string[], string)[] { ([], "none. Give --to."), (["--to", "xx"], "'xx'.") })
        {
            (exitCode, output, errors) = await SampleProcess.Run(Sample, Input("the cat\n"), ["translate", "--model", model, .. to]);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.Equal($"translate: --to: expected one of the languages that the model translates to (fr, en), got {got}\n", errors.ReplaceLineEndings("\n"));
        }
        (exitCode, output, _) = await SampleProcess.Run(Sample, Input("the cat\n"), "translate", "--model", model, "--to", "fr");
        Assert.Equal((0, 1), (exitCode, output.Count(c => c == '\n')));
        (exitCode, output, _) = await SampleProcess.Run(Sample, Input("the cat\tle chat\n"), "score", "--model", model, "--to", "fr");
        Assert.Equal((0, 1), (exitCode, output.Count(c => c == '\n')));
    }

    [Fact]
    public async Task An_incomplete_translation_causes_a_warning_with_the_number_of_the_line()
    {
        string model = _folder.File("m.zip"), pairs = Write("pairs.tsv", string.Concat(Enumerable.Repeat($"a\t{new string('b', 400)}\n", 20)));
        Assert.Equal(0, (await SampleProcess.Run(Sample, [], [.. Train(pairs), "--unit", "character", "--model", model])).ExitCode);
        (int exitCode, string output, string errors) = await SampleProcess.Run(
            Sample, Input($"\na\n{new string('a', 1001)}\n"), "translate", "--model", model, "--beam", "1");
        Assert.Equal((0, 3), (exitCode, output.Count(c => c == '\n')));
        Assert.Contains("warning: line 2: the translation reached its maximum length", errors);
        Assert.Contains("warning: line 3: the text is longer than the model reads", errors);
    }

    [Theory]
    [InlineData("a\tb\nc\n", "--train {0}", "{0}, line 2: expected at least 2 columns separated by tabs, got 1. Add the missing columns, or change "
        + "--source-column and --target-column.")]
    [InlineData("", "--train {0}", "{0}: expected at least one pair, got an empty file. Check the path.")]
    [InlineData("a\tb\n", "", "--train: expected a file of pairs, or two files (--train-source and --train-target), got none.")]
    [InlineData("a\tb\n", "--train-source {0}", "--train-target: expected a file, because --train-source is given, got none.")]
    [InlineData("a\tb\n", "--train {0} --target-column 0", "--target-column: expected another column than --source-column, got 0 for both.")]
    [InlineData("a\tb\n", "--train {0} --minutes 0", "--minutes: expected more than 0, got 0.")]
    [InlineData("a\tb\n", "--train {0} --beam 0", "--beam: expected 1 or more, got 0.")]
    [InlineData("a\tb\t\n", "--train {0} --target-language-column 2", "{0}, line 1: expected a language in column 2, got nothing. Add the language, or "
        + "remove the line.")]
    public async Task An_error_of_the_user_is_one_line(string text, string options, string expected)
    {
        string path = Write("pairs.tsv", text);
        (int exitCode, _, string errors) = await SampleProcess.Run(
            Sample, [], ["train", .. string.Format(options, path).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((1, $"train: {string.Format(expected, path)}{Environment.NewLine}"), (exitCode, errors));
    }

    [Fact]
    public async Task A_file_that_is_not_a_translation_model_is_refused_in_one_line()
    {
        string file = Write("m.zip", "not a model, but long enough for one");
        foreach (string command in new[] { "translate", "score" })
        {
            (int exitCode, string output, string errors) = await SampleProcess.Run(Sample, [], command, "--model", file);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.Matches(new Regex($"^{command}: '{Regex.Escape(file)}' is not a model of this sample: [^\n]*\n$"), errors.ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public async Task A_line_without_a_tab_is_not_scored()
    {
        string model = _folder.File("m.zip");
        Assert.Equal(0, (await SampleProcess.Run(Sample, [], [.. Train(Write("p.tsv", Pairs(20))), "--unit", "whitespace", "--model", model])).ExitCode);
        (int exitCode, _, string errors) = await SampleProcess.Run(Sample, Input("a\tb\na b\n"), "score", "--model", model);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("score: standard input, line 2: expected a source, a tab and a translation, got 1 column: 'a b'. ", errors);
    }

    private static string[] Small => ["--hidden", "16", "--embedding", "16", "--batch", "8", "--threads", "1", "--epochs", "1"];

    private static string[] Train(string pairs) => ["train", "--train", pairs, "--validation", pairs, .. Small];

    private static string Pairs(int count, string languages = "") => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"the {(i % 3 == 0 ? "cat" : "dog")} {(i % 2 == 0 ? "sat" : "ran")}\t"
        + $"le {(i % 3 == 0 ? "chat" : "chien")} {(i % 2 == 0 ? "assis" : "court")}{languages}\n"));

    private static string Column(int column) =>
        string.Concat(Pairs(40).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[column] + "\n"));

    private static byte[] Input(string text) => Encoding.UTF8.GetBytes(text);

    private static string[] Lines(string output) => output.TrimEnd().ReplaceLineEndings("\n").Split('\n');

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
