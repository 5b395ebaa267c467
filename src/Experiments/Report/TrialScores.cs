using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>The trials of a report, and the values that several of its parts need.</summary>
internal sealed class TrialScores
{
    private const int Many = 150;

    public TrialScores(IEnumerable<TrialResult> trials, string metricName, bool isMaximize, double? testMetric = null)
    {
        (MetricName, IsMaximize, TestMetric) = (metricName, isMaximize, testMetric);
        All = [.. trials.OrderBy(trial => trial.TrialSettings.TrialId)];
        Scored = [.. All.Where(HasScore)];
        StartedAtUtc = All.Select(trial => trial.TrialSettings.StartedAtUtc).DefaultIfEmpty().Min();
        // A mean over fewer folds ranks below one over all folds; of equal trials the earlier one ranks first.
        Ranked =
        [
            .. Scored.OrderByDescending(trial => trial.Folds).ThenBy(trial => isMaximize ? -trial.Metric : trial.Metric),
            .. All.Where(trial => !HasScore(trial)),
        ];
        Best = Scored.Count > 0 ? Ranked[0] : null;
        Limits = ScoreLimits.Of(Scored.Select(trial => trial.Metric), isMaximize);
        IReadOnlyList<SearchDimension> dimensions = All.Count > 0 ? All[0].TrialSettings.Dimensions : [];
        IEnumerable<string> ofDimensions = dimensions.Select(dimension => dimension.Pipeline).OfType<string>();
        Pipelines = [.. All.Select(trial => trial.TrialSettings.PipelineName).Concat(ofDimensions).Distinct()];
        Options = [.. dimensions.Select((dimension, i) => new OptionAxis(dimension, i))];
    }

    public string MetricName { get; }

    public bool IsMaximize { get; }

    /// <summary>The metric of the best model on test rows; null if it was not measured.</summary>
    public double? TestMetric { get; }

    /// <summary>All trials, in the order of their numbers.</summary>
    public IReadOnlyList<TrialResult> All { get; }

    /// <summary>The trials with a metric that can be drawn.</summary>
    public IReadOnlyList<TrialResult> Scored { get; }

    /// <summary>All trials, the best first; those without a metric last.</summary>
    public IReadOnlyList<TrialResult> Ranked { get; }

    public TrialResult? Best { get; }

    /// <summary>The limits of the axis of the metric.</summary>
    public ScoreLimits Limits { get; }

    public IReadOnlyList<OptionAxis> Options { get; }

    /// <summary>The names of the pipelines, in the order of their first trials.</summary>
    public IReadOnlyList<string> Pipelines { get; }

    public bool HasSeveralPipelines => Pipelines.Count > 1;

    /// <summary>The start of the first trial.</summary>
    public DateTime StartedAtUtc { get; }

    /// <summary>Whether there are so many trials that dots and lines must be thin.</summary>
    public bool HasMany => All.Count > Many;

    public string Direction => IsMaximize ? "higher is better" : "lower is better";

    /// <summary>The trials from worst to best, so that the better ones are drawn over the others.</summary>
    public IEnumerable<TrialResult> Ascending => IsMaximize ? Scored.OrderBy(trial => trial.Metric) : Scored.OrderByDescending(trial => trial.Metric);

    public static DateTime EndOf(TrialResult trial) => trial.TrialSettings.EndedAtUtc ?? trial.TrialSettings.StartedAtUtc;

    public static bool HasScore(TrialResult trial) => trial.Ending != TrialEnding.Failed && double.IsFinite(trial.Metric);

    public bool IsBetter(TrialResult one, TrialResult other) => IsMaximize ? one.Metric > other.Metric : one.Metric < other.Metric;

    public bool IsBest(TrialResult trial) => ReferenceEquals(trial, Best);

    /// <summary>Adds the marker of a trial to a chart.</summary>
    public void AddMarker(Chart chart, TrialResult trial, Coordinates at, string? title, float scale = 1) => chart.AddMarker(
        PipelineOf(trial), at, ColorOf(trial), trial.Ending, "dot " + Names(trial), title, scale * (IsBest(trial) ? 6 : HasMany ? 2.5f : 4.5f));

    /// <summary>Returns the color of a trial: that of its pipeline, or that of the best trial.</summary>
    public string ColorOf(TrialResult trial) => IsBest(trial) ? ReportColors.Best : ReportColors.OfPipeline(PipelineOf(trial));

    /// <summary>Returns the best trial of a pipeline; null if none has a metric.</summary>
    public TrialResult? BestOf(string pipeline) => Ranked.FirstOrDefault(trial => trial.TrialSettings.PipelineName == pipeline && HasScore(trial));

    /// <summary>Returns the number of a trial's pipeline, which determines its color and shape.</summary>
    public int PipelineOf(TrialResult trial) => Pipelines.TakeWhile(name => name != trial.TrialSettings.PipelineName).Count();

    /// <summary>Returns the classes of a trial's marker or line.</summary>
    public string Names(TrialResult trial) => $"{Ending(trial.Ending)} p{Numbers.Whole(PipelineOf(trial) % Chart.Shapes)}{(IsBest(trial) ? " best" : "")}";

    /// <summary>The number and metric of a trial, and its pipeline if there are several.</summary>
    public string Title(TrialResult trial) =>
        $"Trial {Numbers.Whole(trial.TrialSettings.TrialId)}: {MetricName} {Numbers.Score(trial.Metric)}"
        + (HasSeveralPipelines ? ", " + trial.TrialSettings.PipelineName : "");

    /// <summary>The same, with its ending and all its options.</summary>
    public string LongTitle(TrialResult trial) => Html.Short($"{Title(trial)}, {Ending(trial.Ending)}\n{trial.TrialSettings.Tried}", 400);

    public static string Ending(TrialEnding ending) => ending.ToString().ToLowerInvariant();
}
