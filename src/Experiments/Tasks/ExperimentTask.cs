using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>All that experiments need to know of a task; it stands beside the task's trainer.</summary>
/// <param name="TrainerName">The name in tables.</param>
/// <param name="Create">Makes a pipeline for a label column. Where that holds values and not keys (the last argument), its answers are values, too.</param>
/// <param name="Evaluate">Measures scored rows of a label column.</param>
/// <param name="DefaultMetric">What decides, unless the user says otherwise.</param>
internal sealed record ExperimentTask<TOptions, TMetrics>(
    string TrainerName,
    Func<MLContext, TOptions, string, bool, IEstimator<ITransformer>> Create,
    Func<MLContext, IDataView, string, TMetrics> Evaluate,
    TaskMetric<TMetrics> DefaultMetric)
{
    /// <summary>What decides where there are so few validation rows that the default metric hardly distinguishes trials; null for the default.</summary>
    public TaskMetric<TMetrics>? MetricOfFewRows { get; init; }

    /// <summary>Measures rows that the evaluator refuses, given metric, scored rows and label column; null where it returns null, or itself is.</summary>
    public Func<TaskMetric<TMetrics>, IDataView, string, double?>? Special { get; init; }
}
