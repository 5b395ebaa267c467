using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments on the classification of texts in true and false, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnBinaryTextClassificationExperimentCatalog
{
    private static readonly ExperimentTask<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics> Task = new(
        "RnnBinaryTextClassification",
        (context, options, label, _) => context.BinaryClassification.Trainers.RnnTextClassification(options with { LabelColumnName = label }),
        (context, scored, label) => context.BinaryClassification.Evaluate(scored, label),
        BinaryMetric.Accuracy)
    {
        MetricOfFewRows = BinaryMetric.LogLoss,
        Special = (metric, scored, label) => ExperimentMetrics.OfOneClass(metric, scored, label),
    };

    /// <summary>An experiment on the classification of texts in true and false: which options give the best model in a time.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">How long the search may take.</param>
    public static TaskExperiment<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics> CreateBinaryTextClassificationExperiment(this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateBinaryTextClassificationExperiment(new RnnBinaryTextClassificationExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment on the classification of texts in true and false, with all its settings.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    public static TaskExperiment<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics> CreateBinaryTextClassificationExperiment(this RnnOperationsCatalog catalog, RnnBinaryTextClassificationExperimentSettings settings) =>
        new(catalog, Task, settings);
}
