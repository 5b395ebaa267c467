namespace MlNetRnn.Experiments;

/// <summary>What came of an experiment on a task.</summary>
/// <typeparam name="TMetrics">All metrics of the task.</typeparam>
/// <param name="RunDetails">Every trial, in order.</param>
/// <param name="BestRun">The best of them, with its model.</param>
public sealed record ExperimentResult<TMetrics>(IReadOnlyList<RunDetail<TMetrics>> RunDetails, RunDetail<TMetrics> BestRun)
    where TMetrics : class;
