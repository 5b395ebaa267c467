using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>A part of the page: its title, a line of explanation, and its content.</summary>
internal static class Section
{
    public static XElement Of(string id, string title, string? remark, params object?[] content) =>
        Html.Tag("section", Html.At("id", id), Html.Tag("h2", title), remark is null ? null : Html.Tag("p", Html.Class("soft"), remark), content);

    /// <summary>The legend of a chart.</summary>
    /// <param name="entries">The entries: a sample of the marker or line, and its meaning.</param>
    public static XElement Legend(params IEnumerable<(XElement Sample, string Text)> entries) =>
        Html.Tag("p", Html.Class("legend"), entries.Select(entry => Html.Tag("span", entry.Sample, entry.Text)));

    /// <summary>The legend of the markers of trials: shapes and colors of pipelines, fillings of endings, the best trial.</summary>
    /// <param name="scores">The trials.</param>
    /// <param name="drawn">The trials in the chart.</param>
    /// <param name="other">Additional entries.</param>
    public static XElement Markers(TrialScores scores, IReadOnlyList<TrialResult> drawn, params IEnumerable<(XElement Sample, string Text)> other) => Legend([
        .. scores.HasSeveralPipelines
            ? drawn.Select(scores.PipelineOf).Distinct().Order().Select(pipeline => (Marker(pipeline), scores.Pipelines[pipeline]))
            : [],
        .. Enum.GetValues<TrialEnding>()
            .Where(ending => drawn.Any(trial => trial.Ending == ending && !scores.IsBest(trial)))
            .Select(ending =>
                (Chart.MarkerSample(0, scores.HasSeveralPipelines ? ReportColors.Soft : ReportColors.OfPipeline(0), ending), TrialScores.Ending(ending))),
        .. drawn.Where(scores.IsBest).Select(best => (Chart.MarkerSample(scores.PipelineOf(best), ReportColors.Best, best.Ending), "best trial")),
        .. other,
    ]);

    /// <summary>The marker of a pipeline.</summary>
    public static XElement Marker(int pipeline) => Chart.MarkerSample(pipeline, ReportColors.OfPipeline(pipeline), TrialEnding.Completed);

    /// <summary>States how many scores are drawn at the edge, if any.</summary>
    public static string Beyond(ScoreLimits limits) =>
        limits.Beyond == 0 ? "" : $" {Numbers.Whole(limits.Beyond)} {(limits.Beyond == 1 ? "trial is" : "trials are")} much worse and drawn at the edge.";
}
