using System.Globalization;
using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>Each trial of the best pipeline as a line through the values of all its options, to its metric.</summary>
internal static class ParallelCoordinates
{
    private const int Shades = 5, AxisWidth = 110, MarginWidth = 40, LongestName = 22, LongestLabel = 12;

    public static XElement? Of(TrialScores scores)
    {
        if (scores.Best is not { } best) return null;
        string own = best.TrialSettings.PipelineName;
        OptionAxis[] options = [.. scores.Options.Where(option => option.Pipeline is null ? !scores.HasSeveralPipelines : option.Pipeline == own)];
        TrialResult[] trials = [.. scores.Ascending.Where(trial => trial.TrialSettings.PipelineName == own && options.All(option => option.PlaceOf(trial.TrialSettings) is not null)).OrderBy(scores.IsBest)];
        if (options.Length < 2 || trials.Length < 2) return null;

        double X(int axis) => (double)axis / options.Length;
        var plot = new Plot("Options and validation metric of each trial") { Top = 44, Bottom = 28 };
        for (int i = 0; i < options.Length; i++)
            AddAxis(plot, X(i), i, options[i].Name, options[i].Labels.Select(label => (label.Position, Html.Short(label.Label, LongestLabel))), i == 0 ? "strong" : "below strong", dx: i == 0 ? -MarginWidth : 0);
        AddAxis(plot, 1, options.Length, scores.MetricName, scores.Axis.Ticks, "before strong", dx: MarginWidth);
        double[] metrics = [.. trials.Select(trial => trial.Metric)];
        foreach (TrialResult trial in trials)
        {
            IEnumerable<(double, double)?> points = options.Select((option, i) => ((double, double)?)(X(i), option.PlaceOf(trial.TrialSettings)!.Value)).Append((1, scores.Axis.Position(trial.Metric)));
            int poorer = metrics.Count(metric => scores.IsMaximize ? metric < trial.Metric : metric > trial.Metric);
            plot.AddPath(points, "way " + (scores.IsBest(trial) ? "best" : $"shade{Numbers.Whole(Shades * poorer / trials.Length)}"), scores.LongTitle(trial));
        }
        return Section.Of("ways", "All options at once", $"A line for each trial{(scores.HasSeveralPipelines ? $" of the best pipeline, {own}," : "")} through the values of its options to its {scores.MetricName}; {scores.Direction}.",
            Section.Legend([
                .. Enumerable.Range(0, Shades).Select(shade => (Section.Line($"way shade{Numbers.Whole(shade)}"), shade == 0 ? "worse trials" : shade == Shades - 1 ? "better trials" : "")),
                (Section.Line("way best"), "best trial"),
            ]),
            Html.Tag("div", Html.Class("wide"), Html.Tag("div", Html.At("style", string.Create(CultureInfo.InvariantCulture, $"min-width:{AxisWidth * options.Length + AxisWidth}px;padding:0 {MarginWidth}px")), plot.ToSvg())));
    }

    private static void AddAxis(Plot plot, double x, int index, string name, IEnumerable<(double Position, string Label)> labels, string names, int dx)
    {
        plot.AddLine(x, 0, x, 1, "axis");
        // Names alternate between two heights, so that adjacent names do not overlap.
        plot.AddText(x, 1, Html.Short(OptionAxis.LastName(name), LongestName), names, dx, dy: index % 2 == 0 ? -14 : -30, title: name);
        foreach ((double position, string label) in labels) plot.AddText(x, position, label, "after halo", dx: 5, dy: 4);
    }
}
