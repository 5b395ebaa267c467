using Microsoft.ML.Runtime;
using MlNetRnn;
using MlNetRnn.Evaluation;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>Evaluation of what ML.NET has no evaluator for.</summary>
public static class RnnEvaluationCatalog
{
    /// <summary>Compares the predicted tags of the tokens of sequences with the true ones, in one pass over the data.</summary>
    /// <remarks>
    /// Labels and predictions are <c>Vector&lt;Key&gt;</c> with key values or <c>Vector&lt;String&gt;</c>, one value a token. They are compared by the names of the
    /// tags, so that the order of the key values does not matter.
    /// </remarks>
    /// <param name="catalog">The catalog of multiclass classification.</param>
    /// <param name="data">The data, with predictions.</param>
    /// <param name="labelColumnName">The true tags. Tokens without one (a missing key, empty text) are left out.</param>
    /// <param name="predictedLabelColumnName">The predicted tags.</param>
    /// <param name="tokenColumnName">The tokens (<c>Vector&lt;String&gt;</c>), to tell the accuracy on those that the training data lacks; null to leave it out.</param>
    /// <param name="trainingData">The data that the model was trained on, with a column of that name; null where there is no <paramref name="tokenColumnName"/>.</param>
    /// <exception cref="System.ArgumentException">Only one of <paramref name="tokenColumnName"/> and <paramref name="trainingData"/> is given.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static RnnSequenceTaggingMetrics EvaluateSequenceTagging(
        this MulticlassClassificationCatalog catalog,
        IDataView data,
        string labelColumnName = "Label",
        string predictedLabelColumnName = "PredictedLabel",
        string? tokenColumnName = null,
        IDataView? trainingData = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        if (tokenColumnName is null != trainingData is null)
            throw new ArgumentException("Unknown tokens: expected a token column and training data, or neither, got only one. Name the column that both data have, or leave both out.",
                tokenColumnName is null ? nameof(tokenColumnName) : nameof(trainingData));
        var metrics = new RnnSequenceTaggingMetrics(TaggingEvaluation.Count(data, labelColumnName, predictedLabelColumnName, tokenColumnName, trainingData));
        WarnOfStrays(catalog, metrics);
        return metrics;
    }

    private static void WarnOfStrays(MulticlassClassificationCatalog catalog, RnnSequenceTaggingMetrics metrics)
    {
        if (metrics.TagsOutsideScheme.Count == 0) return;
        using IChannel channel = CatalogEnvironment.Of(catalog).Start("Evaluation");
        foreach ((string tag, long count) in metrics.TagsOutsideScheme)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant($"the tag '{tag}' ({count} times) is not of the scheme of the others: it belongs to no span. Check the data"));
    }
}
