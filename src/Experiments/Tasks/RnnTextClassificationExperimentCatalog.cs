using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments on the classification of texts, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnTextClassificationExperimentCatalog
{
    private static readonly ExperimentTask<RnnTextClassificationOptions, MulticlassClassificationMetrics> Task = new(
        "RnnTextClassification",
        Pipeline,
        (context, scored, label) => context.MulticlassClassification.Evaluate(scored, label),
        ClassificationMetric.MicroAccuracy) { MetricOfFewRows = ClassificationMetric.LogLoss };

    /// <summary>An experiment on the classification of texts: which options give the best model in a time.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">How long the search may take.</param>
    public static TaskExperiment<RnnTextClassificationOptions, MulticlassClassificationMetrics> CreateTextClassificationExperiment(this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateTextClassificationExperiment(new RnnTextClassificationExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment on the classification of texts, with all its settings.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    public static TaskExperiment<RnnTextClassificationOptions, MulticlassClassificationMetrics> CreateTextClassificationExperiment(this RnnOperationsCatalog catalog, RnnTextClassificationExperimentSettings settings) =>
        new(catalog, Task, settings);

    private static IEstimator<ITransformer> Pipeline(MLContext context, RnnTextClassificationOptions options, string label, bool isLabelKey)
    {
        RnnTextClassificationTrainer trainer = context.MulticlassClassification.Trainers.RnnTextClassification(options with { LabelColumnName = label });
        return isLabelKey ? trainer : context.Transforms.Conversion.MapValueToKey(label).Append(trainer).Append(context.Transforms.Conversion.MapKeyToValue(options.PredictedLabelColumnName));
    }
}
