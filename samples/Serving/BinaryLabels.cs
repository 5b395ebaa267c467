using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Serving;

/// <summary>What true and false mean to a binary classifier: the sample TextClassification saves, behind the network, a table from them to the labels of the user's file.</summary>
internal static class BinaryLabels
{
    private const string Answer = "Answer";
    private static readonly string[] Plain = ["false", "true"];

    /// <returns>The label for false and the label for true.</returns>
    public static string[] Of(MLContext ml, ITransformer model)
    {
        ITransformer[] behind = [.. ModelCard.Steps(model).SkipWhile(step => step is not RnnTransformer).Skip(1)];
        IDataView both = ml.Data.LoadFromEnumerable([new Verdict { PredictedLabel = false }, new Verdict { PredictedLabel = true }]);
        try
        {
            IDataView named = new TransformerChain<ITransformer>(behind).Transform(both);
            if (named.Schema.GetColumnOrNull(Answer)?.Type is not TextDataViewType) return Plain;
            string[] labels = [.. named.GetColumn<string>(Answer)];
            return labels.Distinct().Count() == 2 ? labels : Plain;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Something else stands behind the network, which reads more than its verdict.
            return Plain;
        }
    }

    private sealed class Verdict
    {
        public bool PredictedLabel { get; set; }
    }
}
