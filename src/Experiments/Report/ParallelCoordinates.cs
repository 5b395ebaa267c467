using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>Each trial of the best pipeline as a line through the values of all its options, to its metric.</summary>
internal static class ParallelCoordinates
{
    private const int Shades = 5, WidthOfPage = 1068, AxisWidth = 110, Margin = 40, LongestName = 22, LongestLabel = 12;

    public static XElement? Of(TrialScores scores)
    {
        if (scores.Best is not { } best) return null;
        string own = best.TrialSettings.PipelineName;
        OptionAxis[] options = [.. scores.Options.Where(option => option.Pipeline is null ? !scores.HasSeveralPipelines : option.Pipeline == own)];
        TrialResult[] trials =
        [
            .. scores.Ascending
                .Where(trial => trial.TrialSettings.PipelineName == own && options.All(option => option.PlaceOf(trial.TrialSettings) is not null))
                .OrderBy(scores.IsBest),
        ];
        if (options.Length < 2 || trials.Length < 2) return null;

        double X(int axis) => (double)axis / options.Length;
        var chart = new Chart("Options and validation metric of each trial")
        {
            Width = Math.Max(WidthOfPage, AxisWidth * (options.Length + 1)),
            Top = 44,
            Bottom = 28,
            Margin = Margin,
        };
        for (int i = 0; i < options.Length; i++)
        {
            IEnumerable<(double, string)> labels = options[i].Labels.Select(label => (label.Position, Html.Short(label.Label, LongestLabel)));
            AddAxis(chart, X(i), i, options[i].Name, labels, i == 0 ? "strong" : "below strong", dx: i == 0 ? -Margin : 0);
        }
        AddAxis(chart, 1, options.Length, scores.MetricName, scores.Axis.Ticks, "before strong", dx: Margin);
        double[] metrics = [.. trials.Select(trial => trial.Metric)];
        foreach (TrialResult trial in trials)
        {
            IEnumerable<(double, double)?> points = options
                .Select((option, i) => ((double, double)?)(X(i), option.PlaceOf(trial.TrialSettings)!.Value))
                .Append((1, scores.Axis.Position(trial.Metric)));
            int poorer = metrics.Count(metric => scores.IsMaximize ? metric < trial.Metric : metric > trial.Metric);
            (string color, float width, double opacity) = scores.IsBest(trial)
                ? (ReportColors.Best, 3.5f, 1.0)
                : (Shade(Shades * poorer / trials.Length), scores.HasMany ? 0.8f : 1.4f, scores.HasMany ? 0.35 : 0.85);
            chart.AddPath(points, color, width, opacity, "way" + (scores.IsBest(trial) ? " best" : ""), scores.LongTitle(trial));
        }
        string ofPipeline = scores.HasSeveralPipelines ? $" of the best pipeline, {own}," : "";
        return Section.Of(
            "ways",
            "All options at once",
            $"A line for each trial{ofPipeline} through the values of its options to its {scores.MetricName}; {scores.Direction}.",
            Section.Legend([
                .. Enumerable.Range(0, Shades)
                    .Select(shade => (Chart.LineSample(Shade(shade), 2), shade switch { 0 => "worse trials", Shades - 1 => "better trials", _ => "" })),
                (Chart.LineSample(ReportColors.Best, 3.5f), "best trial"),
            ]),
            Html.Tag("div", Html.Class("wide"), chart.ToSvg()));
    }

    private static string Shade(int shade) => "shade" + Numbers.Whole(shade);

    private static void AddAxis(
        Chart chart, double x, int index, string name, IEnumerable<(double Position, string Label)> labels, string names, int dx)
    {
        chart.AddFrame(x, 0, x, 1, ReportColors.Soft);
        // Names alternate between two heights, so that adjacent names do not overlap.
        chart.AddText(x, 1, Html.Short(OptionAxis.LastName(name), LongestName), names, dx, dy: index % 2 == 0 ? -14 : -30, title: name);
        foreach ((double position, string label) in labels) chart.AddText(x, position, label, "after halo", dx: 5, dy: 4);
    }
}
