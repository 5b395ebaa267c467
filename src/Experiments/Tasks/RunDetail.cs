using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>What came of one trial, in the words of AutoML's task experiments.</summary>
/// <typeparam name="TMetrics">All metrics of the task.</typeparam>
public sealed record RunDetail<TMetrics>
    where TMetrics : class
{
    /// <summary>The name of the trainer.</summary>
    public string TrainerName { get; init; } = "";

    /// <summary>How long training and measuring took, in seconds.</summary>
    public double RuntimeInSeconds { get; init; }

    /// <summary>The pipeline that was tried, not fitted, with the seed of its trial. Fitted again, to more rows for example, it chooses its epoch by rows of its own.</summary>
    public IEstimator<ITransformer>? Estimator { get; init; }

    /// <summary>
    /// The metrics on the validation rows, in a cross-validation of the first fold that has them; <see langword="null"/> for a run that failed, was found in a checkpoint, or was
    /// measured on rows of one class alone, which ML.NET's binary evaluator refuses. <see cref="Metric"/> is there nevertheless.
    /// </summary>
    public TMetrics? ValidationMetrics { get; init; }

    /// <summary>
    /// The model, where it is the best so far; <see langword="null"/> for runs that lost, whose memory is released. What a progress handler is given may be
    /// released as soon as something better comes; the model of the result stays.
    /// </summary>
    public ITransformer? Model { get; init; }

    /// <summary>Why the run failed; <see langword="null"/> for one that did not.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The metric that decides, on the validation rows, as a mean over the folds in a cross-validation; NaN for a run that failed.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>Everything else about the trial: options, seed, curve, how it ended.</summary>
    public TrialResult? Trial { get; init; }
}
