using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>All that experiments need to know of a task; it stands beside the task's trainer.</summary>
/// <param name="TrainerName">The name in tables.</param>
/// <param name="Create">Makes the trainer for a label column.</param>
/// <param name="Evaluate">Measures scored rows of a label column.</param>
/// <param name="DefaultMetric">What decides, unless the user says otherwise.</param>
/// <param name="IsLabelKey">Whether the trainer wants a key as label: other labels are mapped to keys, and the answers back to values.</param>
internal sealed record ExperimentTask<TOptions, TMetrics>(
    string TrainerName,
    Func<MLContext, TOptions, string, IEstimator<ITransformer>> Create,
    Func<MLContext, IDataView, string, TMetrics> Evaluate,
    TaskMetric<TMetrics> DefaultMetric,
    bool IsLabelKey = false);
