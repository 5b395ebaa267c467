using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The result in a few numbers.</summary>
internal static class Headline
{
    public static XElement Of(TrialScores scores) => Html.Tag("header",
        Html.Tag("h1", "Experiment: " + scores.MetricName),
        Html.Tag("dl", Html.Class("headline"), Best(scores), Test(scores), Start(scores), Trials(scores), Time(scores)));

    private static XElement Best(TrialScores scores)
    {
        string name = "Best validation " + scores.MetricName;
        return scores.Best is { } best
            ? Card(
                name,
                Numbers.Score(best.Metric),
                $"trial {Numbers.Whole(best.TrialSettings.TrialId)}{Pipeline(scores, best)}; {scores.Direction}")
            : Card(name, "–", scores.All.Count == 0 ? "no trial has ended yet" : "no trial has a metric");
    }

    private static string Pipeline(TrialScores scores, TrialResult trial) => scores.HasSeveralPipelines ? ", " + trial.TrialSettings.PipelineName : "";

    private static XElement? Test(TrialScores scores) =>
        scores.TestMetric is { } metric
            ? Card("Test " + scores.MetricName, Numbers.Score(metric), "the best model on test rows, which the search did not use")
            : null;

    private static XElement? Start(TrialScores scores)
    {
        if (scores.All.Count == 0) return null;
        TrialResult first = scores.All[0];
        string name = $"Starting options (trial {Numbers.Whole(first.TrialSettings.TrialId)})";
        if (!TrialScores.HasScore(first)) return Card(name, "–", first.Ending == TrialEnding.Failed ? "failed" : "no metric");
        string remark = scores.IsBest(first) ? "no trial is better" : $"difference of the best trial: {Numbers.Gain(scores.Best!.Metric - first.Metric)}";
        return Card(name, Numbers.Score(first.Metric), remark);
    }

    private static XElement Trials(TrialScores scores) => Card("Trials", Numbers.Whole(scores.All.Count), string.Join(", ", Enum.GetValues<TrialEnding>()
        .Select(ending => (Ending: ending, Count: scores.All.Count(trial => trial.Ending == ending)))
        .Where(each => each.Count > 0)
        .Select(each => $"{Numbers.Whole(each.Count)} {TrialScores.Ending(each.Ending)}")));

    private static XElement? Time(TrialScores scores)
    {
        if (scores.All.Count == 0) return null;
        DateTime start = scores.StartedAtUtc, end = scores.All.Max(TrialScores.EndOf);
        TimeSpan duration = end > start ? end - start : TimeSpan.Zero;
        return Card("Time", Numbers.Duration(duration), FormattableString.Invariant($"started {start:yyyy-MM-dd HH:mm} UTC"));
    }

    private static XElement Card(string name, string value, string remark) =>
        Html.Tag("div", Html.Tag("dt", name), Html.Tag("dd", Html.Class("value"), value), Html.Tag("dd", remark));
}
