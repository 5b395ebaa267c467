using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>The result of one trial, with the names of AutoML's task experiments.</summary>
/// <typeparam name="TMetrics">The metrics of the task.</typeparam>
public sealed record RunDetail<TMetrics>
    where TMetrics : class
{
    /// <summary>The name of the trainer.</summary>
    public string TrainerName { get; init; } = "";

    /// <summary>The duration of training and evaluation, in seconds.</summary>
    public double RuntimeInSeconds { get; init; }

    /// <summary>
    /// The pipeline of the trial, not fitted, with the seed of the trial. If it is fitted again, for example to more rows, it holds out rows of its own to
    /// choose its epoch.
    /// </summary>
    public IEstimator<ITransformer>? Estimator { get; init; }

    /// <summary>
    /// The metrics on the validation rows; in a cross-validation, those of the first fold that has them. <see langword="null"/> for a trial that failed,
    /// was read from a checkpoint, or was measured on rows of one class only, which ML.NET's binary evaluator rejects. <see cref="Metric"/> is available
    /// also then.
    /// </summary>
    public TMetrics? ValidationMetrics { get; init; }

    /// <summary>
    /// The model of the best trial so far; <see langword="null"/> for other trials, whose memory is released. The model that a progress handler receives
    /// may be released as soon as a better trial ends; the model of the result stays.
    /// </summary>
    public ITransformer? Model { get; init; }

    /// <summary>The exception of a trial that failed; otherwise <see langword="null"/>.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The optimized metric on the validation rows; in a cross-validation, the mean over the folds; NaN for a trial that failed.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The trial: options, seed, validation curve, ending.</summary>
    public TrialResult? Trial { get; init; }

    internal static RunDetail<TMetrics> Of(TrialResult trial, string trainerName, IEstimator<ITransformer> estimator) => new()
    {
        TrainerName = trainerName,
        RuntimeInSeconds = trial.DurationInMilliseconds / 1000,
        Estimator = estimator,
        ValidationMetrics = (TMetrics?)trial.Metrics,
        Model = trial.Model,
        Exception = trial.Exception,
        Metric = trial.Metric,
        Trial = trial,
    };
}
