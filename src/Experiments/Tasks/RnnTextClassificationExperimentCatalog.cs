using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments for text classification, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnTextClassificationExperimentCatalog
{
    private static readonly ExperimentTask<RnnTextClassificationOptions, MulticlassClassificationMetrics> Task = new(
        "RnnTextClassification",
        Pipeline,
        (context, scored, label) => context.MulticlassClassification.Evaluate(scored, label),
        ClassificationMetric.MicroAccuracy)
    { MetricOfFewRows = ClassificationMetric.LogLoss };

    /// <summary>
    /// Creates an experiment that searches for the best options for text classification within a time limit. It optimizes micro accuracy by default.
    /// </summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">The maximum duration of the search in seconds.</param>
    public static TaskExperiment<RnnTextClassificationOptions, MulticlassClassificationMetrics> CreateTextClassificationExperiment(
        this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateTextClassificationExperiment(new ExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>Creates an experiment that searches for the best options for text classification. It optimizes micro accuracy by default.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="System.ArgumentException">Values of the settings are not valid; the message lists all of them.</exception>
    public static TaskExperiment<RnnTextClassificationOptions, MulticlassClassificationMetrics> CreateTextClassificationExperiment(
        this RnnOperationsCatalog catalog, ExperimentSettings settings) =>
        new(catalog, Task, settings);

    private static IEstimator<ITransformer> Pipeline(MLContext context, RnnTextClassificationOptions options, string label, bool isLabelKey)
    {
        RnnTextClassificationTrainer trainer = context.MulticlassClassification.Trainers.RnnTextClassification(options with { LabelColumnName = label });
        return isLabelKey
            ? trainer
            : context.Transforms.Conversion.MapValueToKey(label)
                .Append(trainer)
                .Append(context.Transforms.Conversion.MapKeyToValue(options.PredictedLabelColumnName));
    }
}
