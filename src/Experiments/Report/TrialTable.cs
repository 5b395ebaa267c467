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

    public static XElement? Of(TrialScores scores)
    {
        if (scores.All.Count == 0) return null;
        XElement head = Html.Tag(
            "tr",
            NumberHeads("trial"), Pipeline(scores, "pipeline").Select(Head), NumberHeads("validation " + scores.MetricName), Head("ending"),
            NumberHeads("epochs", "seconds", "memory (MB)", "seed"), Head("options"));
        XElement table = Html.Tag("table", Html.Class("trials"), Html.Tag("thead", head), Html.Tag("tbody", scores.Ranked.Select(trial => Row(scores, trial))));
        return Section.Of("trials", "Leaderboard", Remark(scores), Html.Tag("div", Html.Class("wide"), table));
    }

    public static XElement Head(string text) => Html.Tag("th", Html.At("scope", "col"), text);

    public static IEnumerable<XElement> NumberHeads(params string[] texts) =>
        texts.Select(text => Html.Tag("th", Html.At("scope", "col"), Html.Class("number"), text));

    public static XElement Number(string text) => Html.Tag("td", Html.Class("number"), text);

    /// <summary>Explains the endings that occur.</summary>
    private static string Remark(TrialScores scores) =>
        "All trials, the best first."
        + string.Concat(Remarks.Where(remark => scores.All.Any(trial => trial.Ending == remark.Ending)).Select(remark => remark.Text));

    private static XElement Row(TrialScores scores, TrialResult trial) => Html.Tag("tr", scores.IsBest(trial) ? Html.Class("best") : null,
        Number(Numbers.Whole(trial.TrialSettings.TrialId)),
        Pipeline(scores, trial.TrialSettings.PipelineName).Select(name => Html.Tag("td", name)),
        Number(Numbers.Score(trial.Metric)),
        Html.Tag("td", TrialScores.Ending(trial.Ending)),
        Number(Numbers.Whole(trial.Curve.Count)),
        Number(Numbers.Fixed(trial.DurationInMilliseconds / 1000, 1)),
        Number(Numbers.Fixed(trial.PeakMemoryInMegaByte, 0)),
        Number(Numbers.Whole(trial.TrialSettings.Seed)),
        Html.Tag("td", Html.Short(trial.TrialSettings.Tried, LongestOptions), Message(trial)));

    private static XElement? Message(TrialResult trial) =>
        trial is { Ending: TrialEnding.Failed, Exception: { } exception }
            ? Html.Tag("p", Html.Class("message"), Html.Short(exception.Message, LongestMessage))
            : null;

    private static IEnumerable<string> Pipeline(TrialScores scores, string text) => scores.HasSeveralPipelines ? [text] : [];
}
