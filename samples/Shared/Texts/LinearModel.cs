using Microsoft.ML;

namespace MlNetRnn.Samples.Texts;

/// <summary>What a network must beat: ML.NET's own bag of words and pairs, with a linear classifier upon it.</summary>
public static class LinearModel
{
    public const string Name = "ML.NET FeaturizeText + SDCA";

    public static IEstimator<ITransformer> Create(MLContext ml) => ml.Transforms.Text.FeaturizeText("Features", nameof(Example.Text))
        .AppendCacheCheckpoint(ml)
        .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());
}
