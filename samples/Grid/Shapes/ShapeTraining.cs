using Microsoft.ML;

namespace MlNetRnn.Samples.Grid;

/// <summary>The trainings of the demo.</summary>
/// <param name="ml">ML.NET.</param>
internal sealed class ShapeTraining(MLContext ml)
{
    private static readonly RnnGridNetworkOptions Network = new() { HiddenSize = 24, Dropout = 0.1f };

    private static readonly RnnTrainingOptions Training = new()
    {
        BatchSize = 16,
        MaxEpochs = 16,
        Patience = 16,
        LearningRate = 0.005f,
        Schedule = RnnLearningRateSchedule.Linear,
        ExponentialMovingAverage = 0.99f,
    };

    /// <summary>Trains a classifier of images with one shape.</summary>
    public ITransformer Classifier(ShapeImage[] images, RnnGridLayer layer) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.RnnGridClassification(new RnnGridClassificationOptions
        {
            InputColumnName = nameof(ShapeImage.Pixels),
            Network = Network with { Layer = layer },
            Training = Training,
        }))
        .Fit(ml.Data.LoadFromEnumerable(images));

    /// <summary>Trains a linear model on the same pixels.</summary>
    public ITransformer LinearClassifier(ShapeImage[] images) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.Transforms.NormalizeMinMax(nameof(ShapeImage.Pixels)))
        .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: nameof(ShapeImage.Pixels)))
        .Fit(ml.Data.LoadFromEnumerable(images));

    /// <summary>Returns the share of images whose shape is predicted correctly.</summary>
    public double Accuracy(ITransformer classifier, ShapeImage[] images) =>
        ml.MulticlassClassification.Evaluate(classifier.Transform(ml.Data.LoadFromEnumerable(images))).MicroAccuracy;

    /// <summary>Trains a segmentation: the shape around each pixel.</summary>
    /// <param name="images">The images.</param>
    /// <param name="directions">The number of corners where scans start.</param>
    public ShapeSegmentation Segmentation(ShapeImage[] images, int directions)
    {
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnGridSegmentation(new RnnGridSegmentationOptions
        {
            InputColumnName = nameof(ShapeImage.Pixels),
            LabelColumnName = nameof(ShapeImage.Cells),
            TopClassesColumnName = "TopClasses",
            TopScoresColumnName = "TopScores",
            TopClasses = Outline.Kinds.Length + 1,
            // Scans from fewer corners get more units instead, for a fair comparison.
            Network = Network with { Directions = directions, HiddenSize = Network.HiddenSize * 4 / directions / (directions == 4 ? 1 : 2), Subsampling = 1 },
            Training = Training,
        }).Fit(ml.Data.LoadFromEnumerable(images));
        return new ShapeSegmentation(ml, model);
    }
}
