using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>The properties of a task that experiments need.</summary>
/// <param name="TrainerName">The name in tables.</param>
/// <param name="Create">
/// Creates the pipeline for a label column. If that holds values instead of keys (the last argument is false), the predictions are values, too.
/// </param>
/// <param name="Evaluate">Computes the metrics of scored rows with a label column.</param>
/// <param name="DefaultMetric">The metric to optimize by default.</param>
internal sealed record ExperimentTask<TOptions, TMetrics>(
    string TrainerName,
    Func<MLContext, TOptions, string, bool, IEstimator<ITransformer>> Create,
    Func<MLContext, IDataView, string, TMetrics> Evaluate,
    TaskMetric<TMetrics> DefaultMetric)
{
    /// <summary>The default if there are so few validation rows that the default metric hardly distinguishes trials; null for the same.</summary>
    public TaskMetric<TMetrics>? MetricOfFewRows { get; init; }

    /// <summary>
    /// Computes the metric of rows that the evaluator rejects, from metric, scored rows and label column. Null, or a null result, if the evaluator accepts
    /// the rows.
    /// </summary>
    public Func<TaskMetric<TMetrics>, IDataView, string, double?>? Special { get; init; }
}
