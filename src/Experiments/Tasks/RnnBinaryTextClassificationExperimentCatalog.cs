using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments for binary text classification, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnBinaryTextClassificationExperimentCatalog
{
    private static readonly ExperimentTask<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics> Task = new(
        "RnnBinaryTextClassification",
        (context, options, label, _) => context.BinaryClassification.Trainers.RnnTextClassification(options with { LabelColumnName = label }),
        (context, scored, label) => context.BinaryClassification.Evaluate(scored, label),
        BinaryClassificationMetric.Accuracy)
    {
        MetricOfFewRows = BinaryClassificationMetric.LogLoss,
        Special = (metric, scored, label) => BinaryScores.MetricOfOneClass(metric, scored, label),
    };

    /// <summary>
    /// Creates an experiment that searches for the best options for binary text classification within a time limit. It optimizes accuracy by default.
    /// </summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">The maximum duration of the search in seconds.</param>
    public static TaskExperiment<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics> CreateBinaryTextClassificationExperiment(
        this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateBinaryTextClassificationExperiment(new ExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>Creates an experiment that searches for the best options for binary text classification. It optimizes accuracy by default.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="System.ArgumentException">Values of the settings are not valid; the message lists all of them.</exception>
    public static TaskExperiment<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics> CreateBinaryTextClassificationExperiment(
        this RnnOperationsCatalog catalog, ExperimentSettings settings) =>
        new(catalog, Task, settings);
}
