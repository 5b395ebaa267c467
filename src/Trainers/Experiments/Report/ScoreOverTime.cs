using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The metric of each trial over the time it ended, and the best so far as a line.</summary>
internal static class ScoreOverTime
{
    private const double EnoughSeconds = 180, EnoughMinutes = 180;

    private static readonly TrialEnding[] Endings = [TrialEnding.Completed, TrialEnding.Pruned, TrialEnding.Stopped];

    public static XElement? Of(TrialScores scores)
    {
        if (scores.Best is null) return null;
        TrialResult[] ended = [.. scores.Scored.OrderBy(TrialScores.EndOf)];
        double last = Seconds(scores, ended[^1]);
        (double unit, string name) = last <= EnoughSeconds ? (1, "seconds") : last <= EnoughMinutes * 60 ? (60.0, "minutes") : (3600, "hours");
        Axis time = Axis.To(last / unit);
        double X(TrialResult trial) => time.Position(Seconds(scores, trial) / unit);
        double Y(TrialResult trial) => scores.Axis.Position(trial.Metric);

        var plot = new Plot($"{scores.MetricName} of each trial over time");
        plot.AddVerticalAxis(scores.Axis.Ticks);
        plot.AddHorizontalAxis(time.Ticks, $"{name} since the first trial began");
        plot.AddPath(BestSoFar([.. ended.Where(trial => trial.Folds == scores.Best!.Folds)], scores.IsMaximize, X, Y), "so-far", "best so far");
        foreach (TrialResult trial in ended.OrderBy(scores.IsBest)) plot.AddDot(X(trial), Y(trial), "dot " + scores.Names(trial), scores.LongTitle(trial), scores.Radius(trial));
        return Section.Of("time", scores.MetricName + " over time", $"A dot for each trial, where it ended; {scores.Direction}.{Section.Beyond(scores.Axis)}",
            Section.Legend([
                .. Endings.Where(ending => ended.Any(trial => trial.Ending == ending && !scores.IsBest(trial))).Select(ending => ($"dot {TrialScores.Ending(ending)}", false, TrialScores.Ending(ending))),
                ("dot best", false, "the best"),
                ("so-far", true, "best so far"),
            ]),
            plot.ToSvg());
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
