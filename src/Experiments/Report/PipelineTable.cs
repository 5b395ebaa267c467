using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The best trial of each pipeline, which shows for instance whether a linear model is sufficient.</summary>
internal static class PipelineTable
{
    public static XElement? Of(TrialScores scores) => !scores.HasSeveralPipelines ? null : Section.Of(
        "pipelines",
        "Pipelines",
        $"The best trial of each pipeline; {scores.Direction}.",
        new Table<(string Name, int Number, TrialResult? Best)>(
            ("pipeline", false, row => new object[] { Section.Marker(row.Number), " " + row.Name }),
            ("trials", true, row => Numbers.Whole(scores.All.Count(trial => trial.TrialSettings.PipelineName == row.Name))),
            ("best validation " + scores.MetricName, true, row => Numbers.Score(row.Best?.Metric ?? double.NaN)),
            ("in trial", true, row => row.Best is null ? Numbers.None : Numbers.Whole(row.Best.TrialSettings.TrialId)),
            ("seconds of that trial", true, row => Numbers.Fixed(row.Best?.DurationInMilliseconds / 1000 ?? double.NaN, 1)))
            .Of("narrow", scores.Pipelines.Select((name, number) => (name, number, scores.BestOf(name))), row => row.Best is { } best && scores.IsBest(best)));
}
