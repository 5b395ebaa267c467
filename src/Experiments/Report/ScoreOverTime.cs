using System.Xml.Linq;
using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>The metric of each trial at the time of its end, and the best metric so far as a line.</summary>
internal static class ScoreOverTime
{
    private const double EnoughSeconds = 180, EnoughMinutes = 180;

    public static XElement? Of(TrialScores scores)
    {
        if (scores.Best is null) return null;
        TrialResult[] ended = [.. scores.Scored.OrderBy(TrialScores.EndOf)];
        double last = Seconds(scores, ended[^1]);
        (double unit, string name) = last <= EnoughSeconds ? (1, "seconds") : last <= EnoughMinutes * 60 ? (60.0, "minutes") : (3600, "hours");
        Coordinates At(TrialResult trial) => new(Seconds(scores, trial) / unit, scores.Limits.Clamp(trial.Metric));

        var chart = new Chart();
        chart.AddAxis(Edge.Left, scores.Limits.Minimum, scores.Limits.Maximum, "validation " + scores.MetricName);
        chart.AddAxis(Edge.Bottom, 0, last > 0 ? last / unit * 1.02 : 1, $"time since the start of the first trial ({name})");
        // Means over different numbers of folds are not compared.
        TrialResult[] comparable = [.. ended.Where(trial => trial.Folds == scores.Best.Folds)];
        Coordinates[] steps = [.. comparable.Where((trial, i) => comparable.Take(i).All(earlier => scores.IsBetter(trial, earlier))).Select(At)];
        chart.AddLine([.. steps, steps[^1] with { X = last / unit }], ReportColors.Best, 1.5f, 1, "so-far", "best so far", hasSteps: true);
        foreach (TrialResult trial in ended.OrderBy(scores.IsBest)) scores.AddMarker(chart, trial, At(trial), scores.LongTitle(trial));
        return Section.Of(
            "time", "Progress of the search", $"A marker for each trial at the time of its end; {scores.Direction}.{Section.Beyond(scores.Limits)}",
            Section.Markers(scores, ended, (Chart.LineSample(ReportColors.Best, 1.5f), "best so far")),
            Html.Tag("div", Html.Class("wide"), chart.ToSvg($"Validation {scores.MetricName} of each trial over time")));
    }

    private static double Seconds(TrialScores scores, TrialResult trial) => Math.Max(0, (TrialScores.EndOf(trial) - scores.StartedAtUtc).TotalSeconds);
}
