using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments for sequence tagging, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnSequenceTaggingExperimentCatalog
{
    private static readonly ExperimentTask<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics> Task = new(
        "RnnSequenceTagging",
        Pipeline,
        (context, scored, label) => context.MulticlassClassification.EvaluateSequenceTagging(scored, label),
        TaggingMetric.SpanF1OrTokenAccuracy);

    /// <summary>
    /// Creates an experiment that searches for the best options for sequence tagging within a time limit. It optimizes span F1 or, if the tags do not mark
    /// spans, token accuracy by default.
    /// </summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">The maximum duration of the search in seconds.</param>
    public static TaskExperiment<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics> CreateSequenceTaggingExperiment(
        this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateSequenceTaggingExperiment(new ExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>
    /// Creates an experiment that searches for the best options for sequence tagging. It optimizes span F1 or, if the tags do not mark spans, token
    /// accuracy by default.
    /// </summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="System.ArgumentException">Values of the settings are not valid; the message lists all of them.</exception>
    public static TaskExperiment<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics> CreateSequenceTaggingExperiment(
        this RnnOperationsCatalog catalog, ExperimentSettings settings) =>
        new(catalog, Task, settings);

    private static IEstimator<ITransformer> Pipeline(MLContext context, RnnSequenceTaggingOptions options, string label, bool isLabelKey)
    {
        RnnSequenceTaggingTrainer trainer = context.MulticlassClassification.Trainers.RnnSequenceTagging(options with { LabelColumnName = label });
        return isLabelKey ? trainer : trainer.Append(context.Transforms.Conversion.MapKeyToValue(options.PredictedLabelColumnName));
    }
}
