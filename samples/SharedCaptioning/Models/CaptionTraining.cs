using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Captioning;

/// <summary>Trains a captioning model on images whose features are in memory.</summary>
internal static class CaptionTraining
{
    /// <summary>Returns options for a way of reading images: the columns, the regions, and the attention.</summary>
    /// <param name="options">The other options.</param>
    /// <param name="reading">How the model reads an image.</param>
    public static RnnCaptioningOptions With(this RnnCaptioningOptions options, RegionReading reading)
    {
        bool isGrid = reading is RegionReading.Grid or RegionReading.Transformer;
        return options with
        {
            FeaturesColumnName = ColumnOf(reading),
            TargetColumnName = nameof(CaptionRow.Caption),
            CaptionColumnName = "Predicted",
            BoxesColumnName = reading == RegionReading.Proposals ? nameof(CaptionRow.Boxes) : null,
            RegionSize = reading == RegionReading.None ? 0 : RnnImageFeaturesTransformer.RegionSize,
            GridWidth = isGrid ? RegionPooling.Side : 0,
            GridHeight = isGrid ? RegionPooling.Side : 0,
            Network = options.Network with
            {
                Attention = reading == RegionReading.None ? RnnAttention.None : options.Network.Attention,
                DeformRegions = reading == RegionReading.Transformer,
            },
        };
    }

    /// <summary>Returns the column of features that a model reads.</summary>
    public static string ColumnOf(RegionReading reading) => reading switch
    {
        RegionReading.None => "ImageVector",
        RegionReading.Proposals => nameof(PooledRegions.Regions),
        _ => nameof(GridAndBoxes.ImageGrid),
    };

    /// <summary>Trains a model.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="options">The options, with the way of reading images.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">The images that select the best epoch.</param>
    /// <param name="progress">Receives the progress.</param>
    public static RnnCaptioningTransformer Fit(
        MLContext ml, RnnCaptioningOptions options, IReadOnlyList<CaptionedImage> train, IReadOnlyList<CaptionedImage> validation,
        IProgress<RnnTrainingProgress> progress) =>
        ml.Transforms.Text.RnnCaptioning(options with
        {
            Training = options.Training with { ValidationSet = View(ml, options, validation), Progress = progress },
        }).Fit(View(ml, options, train));

    /// <summary>Returns a row for each caption.</summary>
    private static IDataView View(MLContext ml, RnnCaptioningOptions options, IReadOnlyList<CaptionedImage> images)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(CaptionRow));
        SchemaDefinition.Column features = schema[nameof(CaptionRow.Features)];
        features.ColumnName = options.FeaturesColumnName;
        // The number of regions differs from image to image if they have boxes.
        if (options.BoxesColumnName is null) features.ColumnType = new VectorDataViewType(NumberDataViewType.Single, images[0].Features.Length);
        return ml.Data.LoadFromEnumerable(
            images.SelectMany(image => image.Captions.Select(
                caption => new CaptionRow { Features = image.Features, Boxes = image.Boxes, Caption = caption })),
            schema);
    }

    private sealed class CaptionRow
    {
        public float[] Features { get; set; } = [];

        public float[] Boxes { get; set; } = [];

        public string Caption { get; set; } = "";
    }
}
