using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>All trials, the best first.</summary>
internal static class TrialTable
{
    private const int LongestOptions = 600, LongestMessage = 1000;

    private static readonly (TrialEnding Ending, string Text)[] Remarks =
    [
        (TrialEnding.Pruned, " Pruned: ended early as unpromising."),
        (TrialEnding.Stopped, " Stopped: ended together with the search."),
        (TrialEnding.Failed, " Failed: ended with the error below its options."),
    ];

    public static XElement? Of(TrialScores scores) => scores.All.Count == 0 ? null : Section.Of(
        "trials",
        "Leaderboard",
        "All trials, the best first."
            + string.Concat(Remarks.Where(remark => scores.All.Any(trial => trial.Ending == remark.Ending)).Select(remark => remark.Text)),
        new Table<TrialResult>(
            ("trial", true, trial => Numbers.Whole(trial.TrialSettings.TrialId)),
            (scores.HasSeveralPipelines ? "pipeline" : null, false, trial => trial.TrialSettings.PipelineName),
            ("validation " + scores.MetricName, true, trial => Numbers.Score(trial.Metric)),
            ("ending", false, trial => TrialScores.Ending(trial.Ending)),
            ("epochs", true, trial => Numbers.Whole(trial.Curve.Count)),
            ("seconds", true, trial => Numbers.Fixed(trial.DurationInMilliseconds / 1000, 1)),
            ("memory (MB)", true, trial => Numbers.Fixed(trial.PeakMemoryInMegaByte, 0)),
            ("seed", true, trial => Numbers.Whole(trial.TrialSettings.Seed)),
            ("options", false, trial => new object?[] { Html.Short(trial.TrialSettings.Tried, LongestOptions), Message(trial) }))
            .Of("trials", scores.Ranked, scores.IsBest));

    private static XElement? Message(TrialResult trial) =>
        trial is { Ending: TrialEnding.Failed, Exception: { } exception }
            ? Html.Tag("p", Html.Class("message"), Html.Short(exception.Message, LongestMessage))
            : null;
}
