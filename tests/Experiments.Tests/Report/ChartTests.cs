using System.Globalization;
using System.Xml.Linq;
using ScottPlot;

namespace MlNetRnn.Experiments.Tests;

public class ChartTests
{
    [Theory]
    [InlineData(0.48, 0.95, "0.5 0.6 0.7 0.8 0.9")]
    [InlineData(-1.2, 0.8, "-1 -0.5 0 0.5")]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(1e9, 2e9, "1E+9 1.2E+9 1.4E+9 1.6E+9 1.8E+9 2E+9")]
    [InlineData(12345.2, 12345.71, "12345.2 12345.3 12345.4 12345.5 12345.6 12345.7")]
    [InlineData(-1.1e-7, 1.1e-7, "-1E-7 -5E-8 0 5E-8 1E-7")]
    public void Labels_of_an_axis_are_round(double minimum, double maximum, string expected) =>
        Assert.Equal(expected, string.Join(' ', Labels(chart => chart.AddAxis(Edge.Left, minimum, maximum)).Select(label => label.Text)));

    [Fact]
    public void Epochs_are_whole_numbers() =>
        Assert.Equal(["1", "2", "3"], Labels(chart => chart.AddAxis(Edge.Bottom, 1, 3, isWhole: true)).Select(label => label.Text));

    [Fact]
    public void Labels_are_at_the_markers_of_their_numbers()
    {
        var chart = new Chart();
        chart.AddAxis(Edge.Left, -20, 20);
        chart.AddAxis(Edge.Bottom, 0, 8);
        chart.AddMarker(0, new Coordinates(4, 10), ReportColors.Best, TrialEnding.Completed, "", null, 4);
        XElement svg = chart.ToSvg("");
        XElement marker = svg.Descendants("ellipse").First();
        Assert.Equal((double)marker.Attribute("cx")!, Places(svg).Single(label => label is { Text: "4", Y: > 300 }).X, 0.1);
        Assert.Equal((double)marker.Attribute("cy")! + 4, Places(svg).Single(label => label is { Text: "10", X: < 100 }).Y, 0.1);
    }

    /// <summary>The library would write them for a font of this machine, and omit them without fonts.</summary>
    [Fact]
    public void Texts_do_not_depend_on_fonts()
    {
        var chart = new Chart();
        chart.AddAxis(Edge.Left, 0, 1, "left");
        chart.AddAxis(Edge.Right, 0, 1);
        chart.AddAxis(Edge.Bottom, 0, 1, "bottom");
        string svg = chart.ToSvg("").ToString();
        Assert.DoesNotContain("font-", svg, StringComparison.Ordinal);
        Assert.Contains(">left<", svg, StringComparison.Ordinal);
        Assert.Contains(">bottom<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fifth_pipeline_has_the_shape_of_the_first()
    {
        string[] shapes = [.. Enumerable.Range(0, 5)
            .Select(pipeline => Chart.MarkerSample(pipeline, ReportColors.OfPipeline(pipeline), TrialEnding.Completed).ToString())];
        Assert.Equal(4, shapes.Distinct().Count());
        Assert.Equal(shapes[0], shapes[4]);
    }

    private static IEnumerable<(string Text, double X, double Y)> Labels(Action<Chart> add)
    {
        var chart = new Chart();
        add(chart);
        return Places(chart.ToSvg(""));
    }

    private static IEnumerable<(string Text, double X, double Y)> Places(XElement svg) => svg.Elements("text").Select(text =>
    {
        string[] place = ((string)text.Attribute("transform")!).Split('(', ')')[1].Split(' ');
        return (text.Value, double.Parse(place[0], CultureInfo.InvariantCulture), double.Parse(place[1], CultureInfo.InvariantCulture));
    });
}
