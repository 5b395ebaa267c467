using Microsoft.ML.Runtime;
using MlNetRnn;
using MlNetRnn.Evaluation;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>Evaluation methods for tasks that ML.NET has no evaluator for.</summary>
public static class RnnEvaluationCatalog
{
    /// <summary>Evaluates a sequence tagger: compares the predicted tags of tokens with the true tags, in one pass over the data.</summary>
    /// <remarks>
    /// Labels and predictions are <c>Vector&lt;Key&gt;</c> with key values or <c>Vector&lt;String&gt;</c>, with one value per token. They are compared by the
    /// names of the tags, so that the order of the key values does not matter.
    /// </remarks>
    /// <param name="catalog">The multiclass classification catalog.</param>
    /// <param name="data">The data with the predictions.</param>
    /// <param name="labelColumnName">The column of the true tags. Tokens without a tag (a missing key, empty text) are left out.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted tags.</param>
    /// <param name="tokenColumnName">
    /// The column of the tokens (<c>Vector&lt;String&gt;</c>), to compute the accuracy on tokens that do not occur in the training data; null to leave it out.
    /// </param>
    /// <param name="trainingData">
    /// The training data, with a column of the same name; null if <paramref name="tokenColumnName"/> is null.
    /// </param>
    /// <returns>The metrics.</returns>
    /// <exception cref="System.ArgumentException">Only one of <paramref name="tokenColumnName"/> and <paramref name="trainingData"/> is null.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or has another type.</exception>
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
        {
            throw new ArgumentException(
                "Unknown tokens: expected a token column and training data, or neither, got only one. "
                + "Pass the name of a column of both data sets, or leave both out.",
                tokenColumnName is null ? nameof(tokenColumnName) : nameof(trainingData));
        }
        TagCounts counts = TaggingEvaluation.Count(data, labelColumnName, predictedLabelColumnName, tokenColumnName, trainingData);
        var metrics = new RnnSequenceTaggingMetrics(counts);
        WarnOfStrays(catalog, metrics);
        return metrics;
    }

    private static void WarnOfStrays(MulticlassClassificationCatalog catalog, RnnSequenceTaggingMetrics metrics)
    {
        if (metrics.TagsOutsideScheme.Count == 0) return;
        using IChannel channel = CatalogEnvironment.Of(catalog).Start("Evaluation");
        foreach ((string tag, long count) in metrics.TagsOutsideScheme)
        {
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"the tag '{tag}' ({count} times) does not fit the scheme of the other tags: it belongs to no span. Check the data"));
        }
    }
}
