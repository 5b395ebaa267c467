using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>All trials in order.</summary>
internal static class TrialTable
{
    private const int LongestOptions = 600, LongestMessage = 1000;

    public static XElement? Of(TrialScores scores)
    {
        if (scores.All.Count == 0) return null;
        return Section.Of("trials", "All trials", null, Html.Tag("div", Html.Class("wide"), Html.Tag("table",
            Html.Tag("thead", Html.Tag("tr",
                NumberHead("trial"), Pipeline(scores, "pipeline").Select(Head), NumberHead(scores.MetricName), Head("ending"), NumberHead("epochs"), NumberHead("seconds"), NumberHead("MB"), NumberHead("seed"), Head("options"))),
            Html.Tag("tbody", scores.All.Select(trial => Row(scores, trial))))));
    }

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
        trial.Ending == TrialEnding.Failed && trial.Exception is { } exception ? Html.Tag("p", Html.Class("message"), Html.Short(exception.Message, LongestMessage)) : null;

    private static XElement Head(string text) => Html.Tag("th", Html.At("scope", "col"), text);

    private static XElement NumberHead(string text) => Html.Tag("th", Html.At("scope", "col"), Html.Class("number"), text);

    private static XElement Number(string text) => Html.Tag("td", Html.Class("number"), text);

    private static IEnumerable<string> Pipeline(TrialScores scores, string text) => scores.HasSeveralPipelines ? [text] : [];
}
