using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>The pipeline of a task and its metric, for one label column.</summary>
/// <param name="task">The task.</param>
/// <param name="label">The label column.</param>
/// <param name="isLabelKey">Whether the label column holds keys.</param>
/// <param name="preFeaturizer">Precedes the trainer; null for none.</param>
internal sealed class TaskPipeline<TOptions, TMetrics>(
    ExperimentTask<TOptions, TMetrics> task, string label, bool isLabelKey, IEstimator<ITransformer>? preFeaturizer)
{
    public IEstimator<ITransformer> Create(MLContext context, TOptions options)
    {
        IEstimator<ITransformer> trainer = task.Create(context, options, label, isLabelKey);
        return preFeaturizer is null ? trainer : preFeaturizer.Append(trainer);
    }

    public ExperimentMetric Metric(TaskMetric<TMetrics> metric) => ExperimentMetric.Of(
        metric,
        label,
        (context, scored) => task.Evaluate(context, scored, label),
        task.Special is { } special ? scored => special(metric, scored, label) : null);
}
