using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>The result of one trial of an experiment.</summary>
public sealed record TrialResult
{
    /// <summary>The settings of the trial.</summary>
    public required TrialSettings TrialSettings { get; init; }

    /// <summary>How the trial ended.</summary>
    public required TrialEnding Ending { get; init; }

    /// <summary>The metric on the validation data; in a cross-validation, the mean over the folds; NaN for a trial that failed.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The metric with its sign such that lower is better; infinite for a trial that failed.</summary>
    public double Loss { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// All metrics of the task, if the metric of the experiment is one of several; in a cross-validation, those of the first fold. Not stored in
    /// checkpoints.
    /// </summary>
    public object? Metrics { get; init; }

    /// <summary>
    /// The model of the best trial; in a cross-validation, that of its best fold. <see langword="null"/> for other trials, whose models are released.
    /// </summary>
    public ITransformer? Model { get; init; }

    /// <summary>The exception of a trial that failed; otherwise <see langword="null"/>. A checkpoint stores only its message.</summary>
    public Exception? Exception { get; init; }

    /// <summary>
    /// The trainer's metric on the validation rows after each epoch, higher is better: accuracy, span F1, R², or the negative loss if the metric of the
    /// experiment compares losses (<see cref="TaskMetric{TMetrics}.ComparesLoss"/>). Empty for trainers that do not report progress.
    /// </summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>
    /// The approximate number of multiplications of an epoch: <see cref="RnnTrainingProgress.WorkPerEpoch"/>. 0 for trainers that do not report progress.
    /// </summary>
    public double WorkPerEpoch { get; init; }

    /// <summary>The duration of the trial, in milliseconds.</summary>
    public double DurationInMilliseconds { get; init; }

    /// <summary>
    /// The maximum growth of the memory of the process while the trial ran, in megabytes. It includes the memory of trials that ran at the same time.
    /// </summary>
    public double PeakMemoryInMegaByte { get; init; }

    /// <summary>The number of folds on which the metric was computed.</summary>
    internal int Folds { get; init; } = 1;

    /// <summary>
    /// The loss that orders trials with the same metric: the log-loss of the task or else the validation loss of the best epoch; null if neither is known.
    /// </summary>
    internal double? TieLoss { get; init; }

    /// <summary>
    /// Returns whether this result is better than another. A mean over fewer folds, of a trial that ended early, is worse than one over all folds. Of
    /// trials with the same metric, the one with the lower loss is better (of forty trials, thirty may have no error on a small validation set), and then
    /// the earlier one.
    /// </summary>
    internal bool IsBetterThan(TrialResult? other) =>
        Ending != TrialEnding.Failed
        && (other is null
            || Rank(Folds, Loss, TieLoss, TrialSettings.TrialId).CompareTo(Rank(other.Folds, other.Loss, other.TieLoss, other.TrialSettings.TrialId)) < 0);

    /// <summary>
    /// Returns the sort key of a trial; the lowest is the best. It is the same for trials of a checkpoint, regardless of the order in which they ended. Of
    /// trials with the same metric, one without a loss precedes those with a loss: a model without epochs is simpler.
    /// </summary>
    internal static (int, double, double, int) Rank(int folds, double loss, double? tieLoss, int trial) =>
        (-folds, loss, tieLoss is double.NaN ? double.PositiveInfinity : tieLoss ?? double.NegativeInfinity, trial);
}
