using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The best trial of each pipeline, which shows for instance whether a linear model is sufficient.</summary>
internal static class PipelineTable
{
    public static XElement? Of(TrialScores scores)
    {
        if (!scores.HasSeveralPipelines) return null;
        XElement head = Html.Tag(
            "tr", TrialTable.Head("pipeline"), TrialTable.NumberHeads("trials", "best validation " + scores.MetricName, "in trial", "seconds of that trial"));
        return Section.Of(
            "pipelines",
            "Pipelines",
            $"The best trial of each pipeline; {scores.Direction}.",
            Html.Tag("div", Html.Class("wide"), Html.Tag(
                "table", Html.Class("narrow"), Html.Tag("thead", head),
                Html.Tag("tbody", scores.Pipelines.Select((name, pipeline) => Row(scores, name, pipeline))))));
    }

    private static XElement Row(TrialScores scores, string name, int pipeline)
    {
        TrialResult? best = scores.BestOf(name);
        return Html.Tag("tr", best is not null && scores.IsBest(best) ? Html.Class("best") : null,
            Html.Tag("td", Chart.MarkerSample(pipeline, ReportColors.OfPipeline(pipeline), TrialEnding.Completed), " " + name),
            TrialTable.Number(Numbers.Whole(scores.All.Count(trial => trial.TrialSettings.PipelineName == name))),
            TrialTable.Number(best is null ? "–" : Numbers.Score(best.Metric)),
            TrialTable.Number(best is null ? "–" : Numbers.Whole(best.TrialSettings.TrialId)),
            TrialTable.Number(best is null ? "–" : Numbers.Fixed(best.DurationInMilliseconds / 1000, 1)));
    }
}
