using Microsoft.ML;

namespace MlNetRnn.Samples.Texts;

/// <summary>The baseline: ML.NET's bag of words and word pairs with a linear classifier.</summary>
public static class LinearModel
{
    public const string Name = "ML.NET FeaturizeText + SDCA";

    public static IEstimator<ITransformer> Create(MLContext ml) => ml.Transforms.Text.FeaturizeText("Features", nameof(Example.Text))
        .AppendCacheCheckpoint(ml)
        .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());
}
