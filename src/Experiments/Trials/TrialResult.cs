using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>What came of one trial of an experiment.</summary>
public sealed record TrialResult
{
    /// <summary>What was tried.</summary>
    public required TrialSettings TrialSettings { get; init; }

    /// <summary>How it ended.</summary>
    public required TrialEnding Ending { get; init; }

    /// <summary>The metric on the validation data, the mean over the folds of a cross-validation; NaN for a trial that failed.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The metric turned so that smaller is better; infinite for a trial that failed.</summary>
    public double Loss { get; init; } = double.PositiveInfinity;

    /// <summary>All metrics of the task, where the experiment's metric is one of several; those of the first fold in a cross-validation. Not kept in checkpoints.</summary>
    public object? Metrics { get; init; }

    /// <summary>
    /// The model, for the best trial alone: the others are released. In a cross-validation that of the best fold. <see langword="null"/> for all that lost.
    /// </summary>
    public ITransformer? Model { get; init; }

    /// <summary>Why the trial failed; <see langword="null"/> for one that did not. From a checkpoint, only the message.</summary>
    public Exception? Exception { get; init; }

    /// <summary>
    /// After each epoch, what the trainer measured on the validation rows, higher is better: accuracy, span F1, R², or minus the loss where the metric compares
    /// losses (<see cref="TaskMetric{TMetrics}.ComparesLoss"/>). Empty for trainers that do not report.
    /// </summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>About how many products an epoch takes, the same on every machine: <see cref="RnnTrainingProgress.WorkPerEpoch"/>. 0 for trainers that do not report.</summary>
    public double WorkPerEpoch { get; init; }

    /// <summary>How long the trial took, in milliseconds.</summary>
    public double DurationInMilliseconds { get; init; }

    /// <summary>By how much the memory of the process grew at most while the trial ran, in megabytes; trials that run at once see each other's.</summary>
    public double PeakMemoryInMegaByte { get; init; }

    /// <summary>On how many folds the metric was measured.</summary>
    internal int Folds { get; init; } = 1;

    /// <summary>The loss that decides between trials of the same metric: the task's log-loss or, where there is none, that of the epoch kept; null where neither is known.</summary>
    internal double? TieLoss { get; init; }

    /// <summary>
    /// Whether this result is better than another. A mean over fewer folds, of a trial that was ended early, is worse than one over all. With the same metric the loss
    /// decides (of forty trials, thirty may be right on all of few rows), and then the earlier trial is better.
    /// </summary>
    internal bool IsBetterThan(TrialResult? other) =>
        Ending != TrialEnding.Failed
        && (other is null || Rank(Folds, Loss, TieLoss, TrialSettings.TrialId).CompareTo(Rank(other.Folds, other.Loss, other.TieLoss, other.TrialSettings.TrialId)) < 0);

    /// <summary>
    /// What orders trials, the least first; the same for those that were found in a checkpoint, in whatever order they ended. Where only one has a loss that decides between equals,
    /// the other one wins: what has no epochs is the simpler model.
    /// </summary>
    internal static (int, double, double, int) Rank(int folds, double loss, double? tieLoss, int trial) =>
        (-folds, loss, tieLoss is double.NaN ? double.PositiveInfinity : tieLoss ?? double.NegativeInfinity, trial);
}
