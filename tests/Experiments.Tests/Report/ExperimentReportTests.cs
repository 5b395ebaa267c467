using System.Globalization;
using System.Xml.Linq;
using static MlNetRnn.Experiments.Tests.ReportPage;
using static MlNetRnn.Experiments.Tests.ReportTrials;

namespace MlNetRnn.Experiments.Tests;

public sealed class ExperimentReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Has_all_parts()
    {
        XElement page = Page(Trials(30));
        Assert.Equal(["time", "curves", "options", "ways", "best", "trials"], page.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.Equal("en", (string?)page.Attribute("lang"));
        Assert.Contains("new Shape", Section(page, "best")!.Descendants("code").Single().Value, StringComparison.Ordinal);
        Assert.Equal(30, Section(page, "trials")!.Descendants("tbody").Single().Elements().Count());
    }

    [Fact]
    public void Needs_no_other_files()
    {
        string text = Text(Trials(5));
        Assert.StartsWith("<!doctype html>\n<html", text, StringComparison.Ordinal);
        foreach (string outside in (string[])["<script", "http", "<link", "<img", "url(", "@import", " href", " src"])
            Assert.DoesNotContain(outside, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Elements_that_HTML_requires_to_be_closed_are_closed()
    {
        string[] mayBeEmpty = ["meta", "ellipse", "path", "rect", "polygon", "g", "svg"];
        string text = Text([Trial(0, double.NaN, TrialEnding.Failed) with { Exception = new InvalidOperationException("") }, .. Trials(4)], metric: "");
        Assert.All(System.Text.RegularExpressions.Regex.Matches(text, @"<(\w+)[^<>]*/>"), match => Assert.Contains(match.Groups[1].Value, mayBeEmpty));
    }

    [Theory]
    [InlineData(true, "0.9000", "trial 1; higher is better", "+0.4000")]
    [InlineData(false, "0.3000", "trial 2; lower is better", "-0.2000")]
    public void The_headline_contains_the_difference_of_the_best_trial(bool isMaximize, string best, string trial, string gain)
    {
        TrialResult[] trials = [Trial(0, 0.5), Trial(1, 0.9), Trial(2, 0.3, TrialEnding.Pruned), Trial(3, double.NaN, TrialEnding.Failed)];
        string headline = Page(trials, isMaximize: isMaximize).Descendants("header").Single().Value;
        Assert.All([best, trial, gain, "0.5000", "2 completed, 1 pruned, 1 failed", "1 min 10 s"], expected =>
            Assert.Contains(expected, headline, StringComparison.Ordinal));
    }

    [Fact]
    public void A_test_metric_is_shown_if_there_is_one()
    {
        Assert.DoesNotContain("Test Accuracy", Page(Trials(3)).Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.Contains("Test Accuracy0.8125the best model on test rows", Page(Trials(3), testMetric: 0.8125).Descendants("header").Single().Value,
            StringComparison.Ordinal);
        Assert.Contains("Test Accuracy–", Page(Trials(3), testMetric: double.NaN).Descendants("header").Single().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "3 0 2 1")]
    [InlineData(false, "2 0 3 1")]
    public void The_leaderboard_begins_with_the_best_trial_and_ends_with_failed_ones(bool isMaximize, string expected)
    {
        XElement section = Section(
            Page([Trial(0, 0.5), Trial(1, double.NaN, TrialEnding.Failed), Trial(2, 0.4, TrialEnding.Pruned), Trial(3, 0.6)], isMaximize: isMaximize),
            "trials")!;
        Assert.Equal(expected, string.Join(' ', section.Descendants("tbody").Single().Elements().Select(row => row.Elements().First().Value)));
        Assert.Contains("Pruned: ended early as unpromising. Failed: ended with the error below its options.", section.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Stopped", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equal_metrics_the_earliest_trial_is_best()
    {
        XElement page = Page([Trial(2, 0.5), Trial(0, 0.5), Trial(1, 0.5)]);
        XElement[] rows = [.. Section(page, "trials")!.Descendants("tbody").Single().Elements()];
        Assert.Equal(["0", "1", "2"], rows.Select(row => row.Elements().First().Value));
        Assert.Equal(["best", null, null], rows.Select(row => (string?)row.Attribute("class")));
    }

    [Fact]
    public void Without_trials()
    {
        XElement page = Page([]);
        Assert.Empty(page.Descendants("section"));
        Assert.Contains("no trial has ended yet", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void With_failed_trials_only()
    {
        XElement page = Page(
            [.. Enumerable.Range(0, 3)
            .Select(i => Trial(i, double.NaN, TrialEnding.Failed) with { Curve = [], Exception = new InvalidOperationException($"no. {i}") })]);
        Assert.Equal(["trials"], page.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.Contains("3 failed", page.Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.Contains("no. 2", Section(page, "trials")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void One_trial_has_no_parallel_coordinates()
    {
        XElement page = Page([Trial(0, 0.5)]);
        Assert.Equal(["time", "curves", "options", "best", "trials"], page.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.Contains("no trial is better", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_options_or_curves_their_parts_are_omitted()
    {
        XElement page = Page(
            [.. Trials(4).Select(trial => trial with { Curve = [], TrialSettings = trial.TrialSettings with { Dimensions = [], Point = [] } })]);
        Assert.Equal(["time", "best", "trials"], page.Descendants("section").Select(section => (string?)section.Attribute("id")));
    }

    [Fact]
    public void Any_text_is_preserved()
    {
        TrialResult failed = Trial(1, double.NaN, TrialEnding.Failed) with { Exception = new InvalidOperationException(Awkward) };
        TrialResult odd = Trial(0, 0.5) is var trial
            ? trial with { TrialSettings = trial.TrialSettings with { Parameter = new Dictionary<string, object?> { ["Text"] = Awkward } } } : trial;
        XElement page = Page([odd, failed], metric: Awkward);
        Assert.Equal("Experiment: " + Awkward, page.Descendants("h1").Single().Value);
        Assert.Equal("Text " + Awkward, Section(page, "trials")!.Descendants("tbody").Single().Elements().First().Elements().Last().Value);
        Assert.Equal(Awkward, page.Descendants("p").Single(p => (string?)p.Attribute("class") == "message").Value);
    }

    [Fact]
    public void Characters_that_HTML_forbids_are_removed()
    {
        XElement page = Page([Trial(0, 0.5)], metric: "a\0b\u0001c\u001b\u007f\u0085\ufffe\uffff\ufdd0d\ud800e\r\nf\tg");
        Assert.Equal("Experiment: abcd\ufffde\nf\tg", page.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string invariant = Text(Trials(20));
        try
        {
            foreach (string name in (string[])["de-DE", "ar-SA", "sv-SE"])
            {
                CultureInfo.CurrentCulture = new CultureInfo(name);
                Assert.Equal(invariant, Text(Trials(20)));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Five_hundred_long_trials_stay_small()
    {
        TrialResult[] trials = [.. Trials(500)
            .Select(trial => trial with { Curve = [.. Enumerable.Range(1, 1000).Select(epoch => trial.Metric * epoch)],
            Exception = new InvalidOperationException(new string('x', 100_000)), Ending = trial.TrialSettings.TrialId % 5 == 4 ? TrialEnding.Failed
            : trial.Ending })];
        string text = Text(trials);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text), 500_000, 2_000_000);
        XElement page = Parse(text);
        Assert.Equal(400, Dots(Plots(page, "time").Single()).Length);
    }

    [Fact]
    public void Creates_the_folder_and_replaces_the_file()
    {
        string path = Path.Combine(_folder.FullName, "not", "there", "r.html");
        ExperimentReport.Save(path, Trials(9), "A", true);
        ExperimentReport.Save(path, [], "B", true);
        string text = File.ReadAllText(path);
        Assert.Contains("Experiment: B", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Trial 1", text, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal((byte)'<', File.ReadAllBytes(path)[0]);
    }

    [Fact]
    public void Names_the_missing_argument()
    {
        Assert.Throws<ArgumentNullException>("trials", () => ExperimentReport.Save("x", null!, "A", true));
        Assert.Throws<ArgumentNullException>("metricName", () => ExperimentReport.Save("x", [], null!, true));
        Assert.Throws<ArgumentException>("path", () => ExperimentReport.Save("", [], "A", true));
    }
}
