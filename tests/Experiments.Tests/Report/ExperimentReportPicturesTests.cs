using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Xunit;
using static MlNetRnn.Experiments.Tests.ReportPage;
using static MlNetRnn.Experiments.Tests.ReportTrials;

namespace MlNetRnn.Experiments.Tests;

public class ExperimentReportPicturesTests
{
    [Fact]
    public void There_is_a_marker_for_each_finite_metric()
    {
        TrialResult[] trials = [Trial(0, 0.5), Trial(1, double.NaN), Trial(2, double.PositiveInfinity), Trial(3, 0.7, TrialEnding.Pruned),
            Trial(4, double.NaN, TrialEnding.Failed), Trial(5, 0.6, TrialEnding.Stopped)];
        XElement page = Page(trials);
        XElement[] dots = Dots(Plots(page, "time").Single());
        Assert.Equal(["dot completed p0", "dot pruned p0 best", "dot stopped p0"], dots.Select(dot => (string?)dot.Attribute("class"))
            .Order(StringComparer.Ordinal));
        Assert.Contains("Trial 3: Accuracy 0.7000, pruned\nHiddenSize 64", string.Join('|', dots.Select(dot => dot.Value)), StringComparison.Ordinal);
        Assert.All(Plots(page, "options"), plot => Assert.Equal(3, Dots(plot).Length));
    }

    [Fact]
    public void A_gap_in_a_curve_is_a_gap_in_its_line()
    {
        XElement page = Page(
            [Trial(0, 0.5) with { Curve = [0.1, double.NaN, 0.3, 0.4, double.NegativeInfinity, 0.5] }, Trial(1, 0.4) with { Curve = [double.NaN] }]);
        XElement curve = Assert.Single(Plots(page, "curves").Single().Elements("g"), group => ((string)group.Attribute("class")!)
            .StartsWith("curve", StringComparison.Ordinal));
        string[] parts = ((string)curve.Element("path")!.Attribute("d")!).Split('M', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([2, 3, 2], parts.Select(part => part.Split('L').Length));
        Assert.StartsWith("Trial 0", curve.Element("title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Markers_of_an_option_are_those_of_its_pipeline()
    {
        SearchDimension[] dimensions = [SearchDimension.Choice("Pipeline", ["Rnn", "Linear"]), SearchDimension.Range("HiddenSize", typeof(int), 16, 256, true)
            .Of("Rnn"), SearchDimension.Range("L2", typeof(double), 0, 1, false).Of("Linear")];
        TrialResult[] trials = [.. Trials(7).Select((trial, i) => trial with
        {
            TrialSettings = trial.TrialSettings with { Dimensions = dimensions, Point = [i < 5 ? 0.25 : 0.75, 0.5, 0.5], PipelineName = i < 5 ? "Rnn"
                : "Linear" },
        })];
        XElement page = Page(trials);
        Assert.Equal([("Pipeline", 7), ("Rnn: HiddenSize", 5), ("Linear: L2", 2)], Section(page, "options")!.Descendants("figure")
            .Select(figure => (figure.Element("figcaption")!.Value, Dots(figure).Length)));
        Assert.Null(Section(page, "ways"));
        Assert.Equal(5, Dots(Plots(page, "time").Single()).Count(dot => dot.Elements("ellipse").Any()));
        Assert.Equal(2, Dots(Plots(page, "time").Single())
            .Count(dot => ((string)dot.Attribute("class")!).Contains(" p1", StringComparison.Ordinal) && !dot.Elements("ellipse").Any()));
        Assert.Contains("pipeline", Section(page, "trials")!.Descendants("th").Select(head => head.Value));
    }

    [Fact]
    public void Pipelines_are_compared_by_their_best_trials()
    {
        TrialResult[] trials = [.. Trials(3)
            .Select((trial, i) =>
            trial with { Metric = 0.5 + 0.1 * i, TrialSettings = trial.TrialSettings with { PipelineName = i == 1 ? "Linear" : "Rnn" } })];
        XElement section = Section(
            Page([.. trials, Trial(3, double.NaN, TrialEnding.Failed) is var failed
            ? failed with { TrialSettings = failed.TrialSettings with { PipelineName = "Broken" } } : failed]), "pipelines")!;
        Assert.Equal(
            ["Rnn|2|0.7000|2|10.0", "Linear|1|0.6000|1|10.0", "Broken|1|–|–|–"],
            section.Descendants("tbody").Single().Elements().Select(row => string.Join('|', row.Elements().Select(cell => cell.Value.Trim()))));
        Assert.Equal(["best", null, null], section.Descendants("tbody").Single().Elements().Select(row => (string?)row.Attribute("class")));
        Assert.Equal([true, false, false], section.Descendants("svg").Select(svg => svg.Descendants("ellipse").Any()));
        Assert.Null(Section(Page(Trials(3)), "pipelines"));
    }

    [Theory]
    [InlineData("Max Mean Attention", 0)]
    [InlineData("Attention Convolution None", 3)]
    [InlineData("Attention Convolution Attention2 Convolution2 Attention3 Convolution3 Maximum", 7)]
    public void Labels_of_choices_that_would_overlap_are_slanted(string choices, int slanted)
    {
        SearchDimension[] dimensions = [SearchDimension.Choice("Pooling", choices.Split(' '))];
        TrialResult[] trials = [.. Trials(4)
            .Select(trial => trial with { TrialSettings = trial.TrialSettings with { Dimensions = dimensions, Point = [0.5] } })];
        XElement plot = Plots(Page(trials), "options").Single();
        Assert.Equal(slanted, plot.Elements("text").Count(text => ((string)text.Attribute("transform")!).EndsWith("rotate(-40)", StringComparison.Ordinal)));
    }

    [Fact]
    public void Labels_are_ends_and_middles_of_ranges_and_names_of_choices()
    {
        XElement[] figures = [.. Section(Page(Trials(4)), "options")!.Descendants("figure")];
        string[][] labels = [
            .. figures.Select(figure => figure.Descendants("text").Select(text => text.Value).Where(text => !text.Contains('.', StringComparison.Ordinal))
            .ToArray())];
        Assert.Equal([["16", "64", "256"], [Awkward[..13] + "…", "Gru"], ["1", "2", "3"]], labels);
    }

    [Fact]
    public void Markers_of_a_choice_are_apart_and_in_its_share()
    {
        TrialResult[] trials = [.. Enumerable.Range(0, 40)
            .Select(i => Trial(i, 0.5) is var trial ? trial with { TrialSettings = trial.TrialSettings with { Point = [0.5, 0.75, 0.5] } } : trial)];
        double[] places = [.. Dots(Plots(Page(trials), "options")[1]).Select(dot => Coordinate(dot, "cx"))];
        Assert.True(places.Distinct().Count() > places.Length / 2);
        Assert.All(places, place => Assert.InRange(place, 138, 236));
    }

    [Fact]
    public void A_few_outliers_do_not_flatten_the_rest()
    {
        XElement section = Section(Page([.. Trials(20), Trial(20, 1e9)], isMaximize: false), "time")!;
        Assert.Contains("1 trial is much worse and drawn at the edge", section.Value, StringComparison.Ordinal);
        double[] heights = [.. Dots(section).Select(dot => Coordinate(dot, "cy")).Order()];
        Assert.InRange(heights[0], 28, 40);
        Assert.True(heights[^1] - heights[1] > 50);
    }

    [Fact]
    public void Colors_follow_the_mode_of_the_page()
    {
        string[] colors = [.. Page(Trials(30)).Descendants("svg").Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "fill" or "stroke")
            .Select(attribute => attribute.Value).Distinct()];
        Assert.Contains("var(--best)", colors);
        Assert.All(colors, color => Assert.Matches(@"^(none|var\(--[a-z]+\d?\))$", color));
    }

    [Fact]
    public void Every_line_has_its_tooltip()
    {
        XElement page = Page(Trials(12));
        foreach ((string section, string name) in (IEnumerable<(string, string)>)[("curves", "curve"), ("ways", "way")])
        {
            XElement[] lines = [.. Plots(page, section).Single().Elements("g")
                .Where(group => ((string)group.Attribute("class")!).StartsWith(name, StringComparison.Ordinal))];
            Assert.Equal(12, lines.Select(line => line.Element("title")!.Value.Split(':')[0]).Distinct().Count());
        }
    }

    [Property(MaxTest = 60)]
    public void Coordinates_are_numbers_within_the_chart(double[] metrics, double[] points, double[] curve, bool isMaximize) =>
        Check(metrics, points, curve, isMaximize);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.7, 0.7)]
    [InlineData(double.MaxValue, double.MinValue)]
    [InlineData(double.Epsilon, 0)]
    [InlineData(1e-310, -1e-310)]
    [InlineData(1e15, 1e15 + 1)]
    [InlineData(1e-12, 2e-12)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 3)]
    public void Extreme_numbers_are_drawn(double one, double other)
    {
        Check([one, other, one], [0, 1, 0, double.NaN, -5], [one, other], isMaximize: true);
        Check([other, one], [], [other], isMaximize: false);
    }

    private static void Check(double[] metrics, double[] points, double[] curve, bool isMaximize)
    {
        TrialResult[] trials = [.. metrics.Select((metric, i) => Trial(i, metric, (TrialEnding)(i % 4)) is var trial ? trial with
        {
            Curve = curve,
            DurationInMilliseconds = metric,
            TrialSettings = trial.TrialSettings with { Point = [.. points.Skip(i).Take(3)] },
        } : trial)];
        XElement page = Page(trials, isMaximize: isMaximize);
        Assert.Equal(trials.Count(trial => double.IsFinite(trial.Metric) && trial.Ending != TrialEnding.Failed), Plots(page, "time")
            .Sum(plot => Dots(plot).Length));
        foreach (XAttribute attribute in page.Descendants("section").SelectMany(section => Plots(page, (string)section.Attribute("id")!)).Descendants()
            .Attributes())
        {
            if (attribute.Name.LocalName is "d") Assert.Matches(@"^[MLHVCZ0-9., -]*$", attribute.Value);
            else if (attribute.Name.LocalName is "cx" or "cy" or "x" or "y") Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), -10,
                1100);
            else if (attribute.Name.LocalName is "transform") Assert.Matches(@"^translate\(\d+(\.\d)? \d+(\.\d)?\) rotate\((0|-40)\)$", attribute.Value);
        }
    }

    private static double Coordinate(XElement dot, string name) => double.Parse((string)dot.Element("ellipse")!.Attribute(name)!, CultureInfo.InvariantCulture);
}
