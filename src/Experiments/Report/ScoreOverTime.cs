using System.Xml.Linq;

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
        Axis time = Axis.To(last / unit);
        double X(TrialResult trial) => time.Position(Seconds(scores, trial) / unit);
        double Y(TrialResult trial) => scores.Axis.Position(trial.Metric);

        var chart = new Chart($"Validation {scores.MetricName} of each trial over time") { Top = Chart.RoomForTitle };
        chart.AddVerticalAxis(scores.Axis.Ticks, "validation " + scores.MetricName);
        chart.AddHorizontalAxis(time.Ticks, $"time since the start of the first trial ({name})");
        TrialResult[] comparable = [.. ended.Where(trial => trial.Folds == scores.Best!.Folds)];
        chart.AddPath(BestSoFar(comparable, scores.IsMaximize, X, Y), ReportColors.Best, 1.5f, 1, "so-far", "best so far");
        foreach (TrialResult trial in ended.OrderBy(scores.IsBest)) scores.AddMarker(chart, trial, X(trial), Y(trial), scores.LongTitle(trial));
        return Section.Of(
            "time", "Progress of the search", $"A marker for each trial at the time of its end; {scores.Direction}.{Section.Beyond(scores.Axis)}",
            Section.Markers(scores, ended, (Chart.LineSample(ReportColors.Best, 1.5f), "best so far")),
            Html.Tag("div", Html.Class("wide"), chart.ToSvg()));
    }

    private static double Seconds(TrialScores scores, TrialResult trial) => Math.Max(0, (TrialScores.EndOf(trial) - scores.StartedAtUtc).TotalSeconds);

    private static IEnumerable<(double, double)?> BestSoFar(TrialResult[] ended, bool isMaximize, Func<TrialResult, double> x, Func<TrialResult, double> y)
    {
        TrialResult best = ended[0];
        yield return (x(best), y(best));
        foreach (TrialResult trial in ended)
        {
            if (!(isMaximize ? trial.Metric > best.Metric : trial.Metric < best.Metric)) continue;
            yield return (x(trial), y(best));
            yield return (x(trial), y(trial));
            best = trial;
        }
        yield return (x(ended[^1]), y(best));
    }
}
