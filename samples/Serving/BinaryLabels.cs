using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// The labels of a binary classifier: the sample TextClassification saves, after the network, a table from true and false to the labels of the user's file.
/// </summary>
internal static class BinaryLabels
{
    private const string Answer = "Answer";
    private static readonly string[] Plain = ["false", "true"];

    /// <summary>Reads the labels from a model; false and true if it has no such table.</summary>
    /// <returns>The label for false and the label for true.</returns>
    public static string[] Of(MLContext ml, ITransformer model)
    {
        ITransformer[] next = [.. ModelCard.Steps(model).SkipWhile(step => step is not RnnTransformer).Skip(1)];
        IDataView both = ml.Data.LoadFromEnumerable([new Prediction { PredictedLabel = false }, new Prediction { PredictedLabel = true }]);
        try
        {
            IDataView named = new TransformerChain<ITransformer>(next).Transform(both);
            if (named.Schema.GetColumnOrNull(Answer)?.Type is not TextDataViewType) return Plain;
            string[] labels = [.. named.GetColumn<string>(Answer)];
            return labels.Distinct().Count() == 2 ? labels : Plain;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Another transformer follows the network, and reads columns other than the prediction.
            return Plain;
        }
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }
    }
}
