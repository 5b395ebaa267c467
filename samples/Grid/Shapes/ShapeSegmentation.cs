using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Grid;

/// <summary>A model that finds the shape around each pixel.</summary>
/// <param name="ml">ML.NET.</param>
/// <param name="model">The model.</param>
internal sealed class ShapeSegmentation(MLContext ml, RnnTransformer model)
{
    /// <summary>The height and the width of the patches that are removed to see what a prediction depends on.</summary>
    private const int Patch = 2;

    public RnnTransformer Model => model;

    /// <summary>Returns the shape around each pixel of each image.</summary>
    public string[][] Predict(ShapeImage[] images)
    {
        IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(images));
        IDataView named = ml.Transforms.Conversion.MapKeyToValue("Names", "PredictedLabel").Fit(scored).Transform(scored);
        return [.. ml.Data.CreateEnumerable<Named>(named, reuseRowObject: false).Select(row => row.Names)];
    }

    /// <summary>Returns the share of pixels whose shape is predicted correctly.</summary>
    public double Accuracy(ShapeImage[] images) =>
        images.Zip(Predict(images)).SelectMany(pair => pair.First.Cells.Zip(pair.Second)).Average(pair => pair.First == pair.Second ? 1.0 : 0);

    /// <summary>
    /// Returns for each pixel how much the probabilities of one cell's classes change without the patch around the pixel: half of the sum of the differences.
    /// </summary>
    public float[] Influence(ShapeImage image, int cell)
    {
        const int Patches = ShapeImage.Side / Patch;
        IEnumerable<ShapeImage> changed = Enumerable.Range(0, Patches * Patches).Select(patch => new ShapeImage
        {
            Pixels = [.. image.Pixels.Select((pixel, i) => PatchOf(i) == patch ? 0 : pixel)],
            Cells = image.Cells,
        });
        Probable[] rows = [.. ml.Data.CreateEnumerable<Probable>(
            model.Transform(ml.Data.LoadFromEnumerable((ShapeImage[])[image, .. changed])), reuseRowObject: false)];
        float[] before = Of(rows[0]);
        float[] influence = [.. rows.Skip(1).Select(row => Of(row).Zip(before, (a, b) => MathF.Abs(a - b)).Sum() / 2)];
        return [.. Enumerable.Range(0, image.Pixels.Length).Select(i => influence[PatchOf(i)])];

        static int PatchOf(int pixel) => pixel / ShapeImage.Side / Patch * Patches + pixel % ShapeImage.Side / Patch;

        // The probabilities of the cell in the order of the classes, of which all are "top" ones.
        float[] Of(Probable row)
        {
            int classes = Outline.Kinds.Length + 1;
            var probabilities = new float[classes];
            for (int i = cell * classes; i < (cell + 1) * classes; i++) probabilities[row.TopClasses[i] - 1] = row.TopScores[i];
            return probabilities;
        }
    }

    private sealed class Named
    {
        public string[] Names { get; set; } = [];
    }

    private sealed class Probable
    {
        [KeyType(4)]
        public uint[] TopClasses { get; set; } = [];

        public float[] TopScores { get; set; } = [];
    }
}
