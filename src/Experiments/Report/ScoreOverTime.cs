using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The metric of each trial at the time of its end, and the best metric so far as a line.</summary>
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

        var plot = new Plot($"Validation {scores.MetricName} of each trial over time") { Top = Plot.RoomForTitle };
        plot.AddVerticalAxis(scores.Axis.Ticks, "validation " + scores.MetricName);
        plot.AddHorizontalAxis(time.Ticks, $"time since the start of the first trial ({name})");
        plot.AddPath(BestSoFar([.. ended.Where(trial => trial.Folds == scores.Best!.Folds)], scores.IsMaximize, X, Y), "so-far", "best so far");
        foreach (TrialResult trial in ended.OrderBy(scores.IsBest)) plot.AddDot(scores.PipelineOf(trial), X(trial), Y(trial), "dot " + scores.Names(trial), scores.LongTitle(trial), scores.Radius(trial));
        return Section.Of("time", "Progress of the search", $"A dot for each trial at the time of its end; {scores.Direction}.{Section.Beyond(scores.Axis)}",
            Legend(scores, ended, withLine: true),
            plot.ToSvg());
    }

    /// <summary>Explains the shapes and fillings of dots.</summary>
    public static XElement Legend(TrialScores scores, IReadOnlyList<TrialResult> drawn, bool withLine = false) => Section.Legend([
        .. scores.HasSeveralPipelines
            ? drawn.Select(scores.PipelineOf).Distinct().Order().Select(pipeline => (Section.Dot("completed " + PipelineMarker.Names(pipeline), pipeline), scores.Pipelines[pipeline]))
            : [],
        .. Endings.Where(ending => drawn.Any(trial => trial.Ending == ending && !scores.IsBest(trial)))
            .Select(ending => (Section.Dot($"{TrialScores.Ending(ending)} {(scores.HasSeveralPipelines ? "any" : PipelineMarker.Names(0))}"), TrialScores.Ending(ending))),
        .. drawn.Where(scores.IsBest).Select(best => (Section.Dot("best", scores.PipelineOf(best)), "best trial")),
        .. withLine ? [(Section.Line("so-far"), "best so far")] : Array.Empty<(XElement, string)>(),
    ]);

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
