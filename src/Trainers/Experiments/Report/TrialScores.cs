namespace MlNetRnn.Experiments;

/// <summary>The trials of a report, and what all its parts need to know of them.</summary>
internal sealed class TrialScores
{
    private const int Many = 150;

    public TrialScores(IEnumerable<TrialResult> trials, string metricName, bool isMaximize)
    {
        (MetricName, IsMaximize) = (metricName, isMaximize);
        All = [.. trials.OrderBy(trial => trial.TrialSettings.TrialId)];
        Scored = [.. All.Where(HasScore)];
        StartedAtUtc = All.Select(trial => trial.TrialSettings.StartedAtUtc).DefaultIfEmpty().Min();
        // A mean over fewer folds is no match for one over all; between equals the earlier trial is the best.
        Best = Scored.OrderByDescending(trial => trial.Folds).ThenBy(trial => isMaximize ? -trial.Metric : trial.Metric).FirstOrDefault();
        Axis = Axis.Scores(Scored.Select(trial => trial.Metric), isMaximize);
        IReadOnlyList<SearchDimension> dimensions = All.Count > 0 ? All[0].TrialSettings.Dimensions : [];
        HasSeveralPipelines = All.Select(trial => trial.TrialSettings.PipelineName).Concat(dimensions.Select(dimension => dimension.Pipeline).OfType<string>()).Distinct().Count() > 1;
        Options = [.. dimensions.Select((dimension, i) => new OptionAxis(dimension, i))];
    }

    public string MetricName { get; }

    public bool IsMaximize { get; }

    public IReadOnlyList<TrialResult> All { get; }

    /// <summary>Those with a metric that can be drawn.</summary>
    public IReadOnlyList<TrialResult> Scored { get; }

    public TrialResult? Best { get; }

    /// <summary>That of the metric.</summary>
    public Axis Axis { get; }

    public IReadOnlyList<OptionAxis> Options { get; }

    public bool HasSeveralPipelines { get; }

    /// <summary>When the first trial began.</summary>
    public DateTime StartedAtUtc { get; }

    /// <summary>Whether dots and lines have to be thin.</summary>
    public bool HasMany => All.Count > Many;

    public string Direction => IsMaximize ? "higher is better" : "lower is better";

    /// <summary>The poorer before the better, so that the better are drawn over them.</summary>
    public IEnumerable<TrialResult> Ascending => IsMaximize ? Scored.OrderBy(trial => trial.Metric) : Scored.OrderByDescending(trial => trial.Metric);

    public static DateTime EndOf(TrialResult trial) => trial.TrialSettings.EndedAtUtc ?? trial.TrialSettings.StartedAtUtc;

    public static bool HasScore(TrialResult trial) => trial.Ending != TrialEnding.Failed && double.IsFinite(trial.Metric);

    public bool IsBest(TrialResult trial) => ReferenceEquals(trial, Best);

    public double Radius(TrialResult trial) => IsBest(trial) ? 6 : HasMany ? 2.5 : 4;

    /// <summary>The style classes of a trial's dot or line.</summary>
    public string Names(TrialResult trial) => Ending(trial.Ending) + (IsBest(trial) ? " best" : "");

    /// <summary>The number and metric of a trial, and its pipeline where that says anything.</summary>
    public string Title(TrialResult trial) =>
        $"Trial {Numbers.Whole(trial.TrialSettings.TrialId)}: {MetricName} {Numbers.Score(trial.Metric)}" + (HasSeveralPipelines ? ", " + trial.TrialSettings.PipelineName : "");

    /// <summary>The same, with how it ended and all its options.</summary>
    public string LongTitle(TrialResult trial) => Html.Short($"{Title(trial)}, {Ending(trial.Ending)}\n{trial.TrialSettings.Tried}", 400);

    public static string Ending(TrialEnding ending) => ending switch
    {
        TrialEnding.Completed => "completed",
        TrialEnding.Pruned => "pruned",
        TrialEnding.Stopped => "stopped",
        _ => "failed",
    };
}
