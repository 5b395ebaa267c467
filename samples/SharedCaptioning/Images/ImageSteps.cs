using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The steps from the path of an image to what a captioning model reads, as ML.NET transformers: the first part of a saved model.</summary>
/// <param name="ml">ML.NET.</param>
/// <param name="all">The transformers.</param>
internal sealed class ImageSteps(MLContext ml, IReadOnlyList<ITransformer> all)
{
    /// <summary>The transformers.</summary>
    public IReadOnlyList<ITransformer> All => all;

    /// <summary>The schema of the rows that the first transformer reads.</summary>
    public DataViewSchema Schema => Rows([]).Schema;

    /// <summary>Creates the steps.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="reading">How the model reads an image.</param>
    /// <param name="cache">A folder for computed features; null for none.</param>
    public static ImageSteps Create(MLContext ml, RegionReading reading, string? cache)
    {
        var rows = ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>());
        ITransformer load = ml.Transforms.LoadImages("Image", imageFolder: "", nameof(ImageRow.ImagePath)).Fit(rows);
        ITransformer features = ml.Transforms.RnnImageFeatures(new RnnImageFeaturesOptions
        {
            VectorColumnName = reading == RegionReading.None ? CaptionTraining.ColumnOf(reading) : null,
            GridColumnName = reading == RegionReading.None ? null : nameof(GridAndBoxes.ImageGrid),
            // All of the image becomes a square: nothing at its edges is lost, and boxes have the same shares of the image and of the grid.
            Resizing = ImageResizingEstimator.ResizingKind.Fill,
            CacheFolder = cache,
        }).Fit(load.Transform(rows));
        if (reading != RegionReading.Proposals) return new ImageSteps(ml, [load, features]);
        ITransformer pooling = ml.Transforms.CustomMapping(new RegionPooling().GetMapping(), RegionPooling.ContractName)
            .Fit(features.Transform(load.Transform(rows)));
        return new ImageSteps(ml, [load, features, pooling]);
    }

    /// <summary>Computes features.</summary>
    /// <param name="rows">The paths of the images, and the boxes of their regions if the model reads boxes.</param>
    /// <param name="column">The column that the model reads.</param>
    public IEnumerable<float[]> Read(IEnumerable<ImageRow> rows, string column) =>
        new TransformerChain<ITransformer>([.. all]).Transform(Rows(rows)).GetColumn<float[]>(column);

    private IDataView Rows(IEnumerable<ImageRow> rows) => ml.Data.LoadFromEnumerable(rows);
}

/// <summary>A row that a saved model reads.</summary>
internal sealed class ImageRow
{
    public string ImagePath { get; set; } = "";

    /// <summary>The boxes of the regions, as shares of the image; only a model of object proposals reads them.</summary>
    public float[] Boxes { get; set; } = [];
}
