using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Grid;

/// <summary>A classifier of images: a chain from pixels to the name of a class.</summary>
/// <param name="ml">ML.NET.</param>
/// <param name="chain">The chain.</param>
/// <param name="schema">The columns that it reads.</param>
internal sealed class ImageClassifier(MLContext ml, ITransformer chain, DataViewSchema schema)
{
    /// <summary>The network.</summary>
    public RnnTransformer Network { get; } = (chain as IEnumerable<ITransformer>)?.OfType<RnnTransformer>().FirstOrDefault()
        ?? throw new FormatException("expected a classifier of images, got a model of another kind. Train one with the command `train`.");

    /// <summary>Height and width of the images that it was trained on; null if they differed.</summary>
    public (int Height, int Width)? Size { get; } =
        schema.GetColumnOrNull(nameof(ImageRow.Pixels))?.Type is VectorDataViewType { Dimensions: [> 0 and var height, > 0 and var width] }
            ? (height, width)
            : null;

    /// <summary>Trains a classifier.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="images">The images.</param>
    /// <param name="size">Height and width of all images, those of the test included; null if they differ.</param>
    /// <param name="progress">Receives reports.</param>
    public static ImageClassifier Fit(
        MLContext ml, RnnGridClassificationOptions options, GrayImage[] images, (int, int)? size, IProgress<RnnTrainingProgress> progress)
    {
        IDataView rows = ImageRow.Load(ml, images, size);
        options = options with
        {
            SizeColumnName = size is null ? nameof(ImageRow.Size) : null,
            Training = options.Training with { Progress = progress },
        };
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.RnnGridClassification(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Prediction", "PredictedLabel"));
        return new ImageClassifier(ml, pipeline.Fit(rows), rows.Schema);
    }

    /// <summary>Loads a model; writes one line to standard error if it is not a model of this sample.</summary>
    public static ImageClassifier? Load(FileInfo file) =>
        SavedModel.Load(file, (ml, model, schema) => new ImageClassifier(ml, model, schema));

    public void Save(string path) => ml.Model.Save(chain, schema, path);

    /// <summary>Returns the share of images whose class is predicted correctly.</summary>
    public double Accuracy(GrayImage[] images) =>
        ml.MulticlassClassification.Evaluate(chain.Transform(ImageRow.Load(ml, images, ImageRow.CommonSize(images)))).MicroAccuracy;

    /// <summary>Returns the class of each image and its probability.</summary>
    public IReadOnlyList<(string Class, float Probability)> Predict(GrayImage[] images) =>
    [
        .. ml.Data.CreateEnumerable<Predicted>(chain.Transform(ImageRow.Load(ml, images, ImageRow.CommonSize(images))), reuseRowObject: false)
            .Select(row => (row.Prediction, row.Score.Max())),
    ];

    private sealed class Predicted
    {
        public string Prediction { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
