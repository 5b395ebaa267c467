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
    TaskMetric<TMetrics> DefaultMetric);
