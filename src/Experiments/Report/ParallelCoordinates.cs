using System.Xml.Linq;
using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>Each trial of the best pipeline as a line through the values of all its options, to its metric.</summary>
internal static class ParallelCoordinates
{
    private const int WidthOfPage = 1068, Height = 350, AxisWidth = 110, Margin = 100, LongestName = 22, LongestLabel = 12;

    /// <summary>The opacity of the worst trial.</summary>
    private const double Least = 0.15;

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

        var chart = new Chart(Math.Max(WidthOfPage, AxisWidth * (options.Length + 1)), Height, Margin);
        string[] names = [.. options.Select(option => option.Name).Append(scores.MetricName)];
        chart.AddAxis(options.Length, [.. names.Select((name, i) => ((double)i, Html.Short(OptionAxis.LastName(name), LongestName)))]);
        chart.AddAxis(Edge.Right, scores.Limits.Minimum, scores.Limits.Maximum);
        for (int i = 0; i < options.Length; i++)
        {
            chart.AddLine([new(i, 0), new(i, 1)], ReportColors.Soft, 1, 1, "", null);
            foreach ((double position, string label) in options[i].Labels(LongestLabel)) chart.AddText(i, position, label);
        }
        foreach (TrialResult trial in trials)
        {
            Coordinates[] points =
            [
                .. options.Select((option, i) => new Coordinates(i, option.PlaceOf(trial.TrialSettings)!.Value)),
                new(options.Length, scores.Limits.Position(trial.Metric)),
            ];
            (float width, double opacity) = scores.IsBest(trial)
                ? (3.5f, 1.0)
                : (scores.HasMany ? 0.8f : 1.4f, Least + (1 - Least) * trials.Count(other => scores.IsBetter(trial, other)) / trials.Length);
            chart.AddLine(points, scores.ColorOf(trial), width, opacity, "way" + (scores.IsBest(trial) ? " best" : ""), scores.LongTitle(trial));
        }
        string ofPipeline = scores.HasSeveralPipelines ? $" of the best pipeline, {own}," : "";
        return Section.Of(
            "ways",
            "All options at once",
            $"A line for each trial{ofPipeline} through the values of its options to its {scores.MetricName}; {scores.Direction}.",
            Section.Legend(
                (Chart.LineSample(scores.ColorOf(trials[0]), 2, Least), "worse trials"), (Chart.LineSample(scores.ColorOf(trials[0]), 2), "better trials"),
                (Chart.LineSample(ReportColors.Best, 3.5f), "best trial")),
            Html.Tag("div", Html.Class("wide"), chart.ToSvg("Options and validation metric of each trial")));
    }
}
