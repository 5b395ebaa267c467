using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Samples.Experiment;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Tests;

/// <summary>The limits, formats and metrics of a search, and its trials as text.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly SearchSettings _settings = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("", "at most 60 s, 2 trials at once")]
    [InlineData("--trials 1 --parallel 1", "at most 1 trial")]
    [InlineData("--seconds 5 --trials 20 --parallel 3", "at most 5 s and 20 trials, 3 trials at once")]
    public void The_default_limit_is_a_minute(string line, string expected) => Assert.Equal(expected, SearchLimits.Of(_settings.Of(Parse(line))));

    [Theory]
    [InlineData("--seconds 0")]
    [InlineData("--trials -3")]
    [InlineData("--parallel 0")]
    public void Less_than_one_is_refused(string line) =>
        Assert.Equal($"{line.Split(' ')[0]}: expected 1 or more, got {line.Split(' ')[1]}.", Assert.Single(Parse(line).Errors).Message);

    [Theory]
    [InlineData("--validation v.tsv", "--validation: expected together with --train FILE, got no --train. Give --train, or leave it out.")]
    [InlineData("--seconds 5 --has-header", "--has-header: expected together with --train FILE, got no --train. Give --train, or leave it out.")]
    [InlineData("--task tagging --format conll", "--task: expected together with --train FILE, got no --train. Give --train, or leave it out.")]
    public void Options_for_files_need_a_file(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<FileException>(() => _settings.ExpectNoFiles(Parse(line))).Message);

    [Theory]
    [InlineData("--train a --task tagging --label-column 1", "--label-column: expected with --task classification only, got --task tagging. Leave it out.")]
    [InlineData("--train a --tag-column 1", "--tag-column: expected with --task tagging only, got --task classification. Leave it out.")]
    public void Options_of_the_other_task_are_refused(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<FileException>(() => _settings.ExpectNoOptionsOfOtherTask(Parse(line))).Message);

    [Fact]
    public void The_search_options_can_be_given_without_files() => _settings.ExpectNoFiles(Parse("--seconds 5 --seed 2 --checkpoint states --model m.zip"));

    [Fact]
    public void The_format_is_one_of_the_task()
    {
        ParseResult result = Parse("--task tagging --format csv");
        Assert.Equal(
            "--format: expected one of conllu, conll, frames with --task tagging, got csv. Change one of them.",
            Assert.Throws<FileException>(() => _settings.FormatOf(result, TaggedFormat.Names)).Message);
        Assert.Equal("csv", _settings.FormatOf(result, ["tsv", "csv"]));
    }

    [Theory]
    [InlineData("conll", "Anna B-PER\nsleeps O\n", "span F1", true, true)]
    [InlineData("conll", "Anna PROPN\nsleeps VERB\n", "token accuracy", true, false)]
    [InlineData("frames", "1 2 quiet\n3 4 loud\n", "token accuracy", false, false)]
    public void Metric_and_options_follow_from_the_rows(string formatName, string rows, string metric, bool hasWords, bool hasSpans)
    {
        File.WriteAllText(_file, rows);
        var ml = new MLContext(1);
        TaggedFormat format = TaggedFormat.Create(formatName);
        IDataView data = format.Load(ml, [_file]);
        Assert.Equal(metric, new TagSearch(ml, format, data, data, null).MetricName);

        string[] names = [.. TaggingSpace.Of(format, hasSpans).Dimensions.Select(dimension => dimension.Name)];
        Assert.Contains("Network.HiddenSize", names);
        Assert.Equal(hasWords, names.Contains("Network.Characters"));
        Assert.Equal(hasWords, names.Contains("Network.EmbeddingSize"));
        Assert.Equal(hasSpans, names.Contains("Network.MissedSpanCost"));
    }

    [Fact]
    public void A_trial_shows_its_differences_from_the_first_in_every_culture()
    {
        CultureInfo culture = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var start = new Dictionary<string, object?> { ["Network.Cell"] = RnnCell.Lstm, ["Network.Layers"] = 1, ["Training.LearningRate"] = 0.002f };
            Assert.Equal("", TrialCells.Differences(start, start));
            Assert.Equal(
                "Cell Gru, LearningRate 0.01",
                TrialCells.Differences(new Dictionary<string, object?>(start) { ["Network.Cell"] = RnnCell.Gru, ["Training.LearningRate"] = 0.01f }, start));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    private ParseResult Parse(string line)
    {
        var root = new RootCommand();
        foreach (Option option in _settings.All) root.Add(option);
        return root.Parse(line);
    }
}
