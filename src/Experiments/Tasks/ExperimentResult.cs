namespace MlNetRnn.Experiments;

/// <summary>The result of an experiment of a task.</summary>
/// <typeparam name="TMetrics">The metrics of the task.</typeparam>
/// <param name="RunDetails">All trials, in order.</param>
/// <param name="BestRun">The best trial, with its model.</param>
public sealed record ExperimentResult<TMetrics>(IReadOnlyList<RunDetail<TMetrics>> RunDetails, RunDetail<TMetrics> BestRun)
    where TMetrics : class;
