using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments on the tagging of sequences, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnSequenceTaggingExperimentCatalog
{
    private static readonly ExperimentTask<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics> Task = new(
        "RnnSequenceTagging",
        Pipeline,
        (context, scored, label) => context.MulticlassClassification.EvaluateSequenceTagging(scored, label),
        TaggingMetric.SpanF1OrTokenAccuracy);

    /// <summary>An experiment on the tagging of sequences: which options give the best model in a time.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">How long the search may take.</param>
    public static TaskExperiment<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics> CreateSequenceTaggingExperiment(this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateSequenceTaggingExperiment(new RnnSequenceTaggingExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment on the tagging of sequences, with all its settings.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    public static TaskExperiment<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics> CreateSequenceTaggingExperiment(this RnnOperationsCatalog catalog, RnnSequenceTaggingExperimentSettings settings) =>
        new(catalog, Task, settings);

    private static IEstimator<ITransformer> Pipeline(MLContext context, RnnSequenceTaggingOptions options, string label, bool isLabelKey)
    {
        RnnSequenceTaggingTrainer trainer = context.MulticlassClassification.Trainers.RnnSequenceTagging(options with { LabelColumnName = label });
        return isLabelKey ? trainer : trainer.Append(context.Transforms.Conversion.MapKeyToValue(options.PredictedLabelColumnName));
    }
}
