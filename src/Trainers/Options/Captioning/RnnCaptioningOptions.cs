using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Options;
using MlNetRnn.Translation;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options for the trainer of a captioning model.</summary>
public sealed record RnnCaptioningOptions : RnnDecoderOptions, IValidatableObject
{
    /// <summary>
    /// Name of the column (<c>Vector&lt;Single&gt;</c>) that contains the features of the images: a vector for the whole image, or the vectors of its regions,
    /// one after another. Rows with equal features, such as several captions of an image, share them in memory.
    /// </summary>
    /// <value>The default is "Features".</value>
    [Required]
    public string FeaturesColumnName { get; init; } = "Features";

    /// <summary>Name of the column that contains the captions: texts or units. It is only needed for training.</summary>
    /// <value>The default is "Target".</value>
    [Required]
    public string TargetColumnName { get; init; } = "Target";

    /// <summary>
    /// Name of the column (<c>Vector&lt;Single&gt;</c>) with the boxes of the regions, such as object proposals: left, top, width and height of each, as shares
    /// of the image. The decoder reads them with the vectors.
    /// </summary>
    /// <value>The default is <see langword="null"/>: regions without boxes, or the cells of a grid.</value>
    public string? BoxesColumnName { get; init; }

    /// <summary>Number of numbers in the vector of a region. An image can have any number of regions.</summary>
    /// <value>0 to 100,000. The default is 0: one region, the whole image.</value>
    [Range(0, 100_000)]
    public int RegionSize { get; init; }

    /// <summary>Number of cells in a row of the grid, if the regions are the cells of the activation grid of a CNN, row by row.</summary>
    /// <value>0 to 1,000. The default is 0: no grid.</value>
    [Range(0, 1000)]
    public int GridWidth { get; init; }

    /// <summary>Number of rows of the grid.</summary>
    /// <value>0 to 1,000. The default is 0: no grid.</value>
    [Range(0, 1000)]
    public int GridHeight { get; init; }

    /// <summary>Name of the output column for the caption (<c>String</c>).</summary>
    /// <value>The default is "Caption".</value>
    [Required]
    public string CaptionColumnName { get; init; } = "Caption";

    /// <summary>
    /// Name of the output column for the boxes of the regions (<c>Vector&lt;Single&gt;</c>), four numbers each: those of the data, the cells of the grid, or
    /// the deformed regions.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? RegionBoxesColumnName { get; init; }

    /// <summary>The unit of captions that are texts.</summary>
    /// <value>The default is <see cref="RnnLanguageUnit.Word"/>.</value>
    public RnnLanguageUnit Unit { get; init; } = RnnLanguageUnit.Word;

    /// <summary>Maximum number of validation pairs of image and caption whose images are captioned after each epoch, if the metric is BLEU.</summary>
    /// <value>1 or more. The default is 5,000.</value>
    [Range(1, int.MaxValue)]
    public int ValidationCaptions { get; init; } = 5000;

    /// <summary>How the transformer finds captions.</summary>
    /// <value>
    /// The default is a beam search of width 5. If <see cref="RnnTranslationDecodingOptions.MaximumLength"/> is <see langword="null"/>, a caption has at most
    /// 50 symbols, or 300 characters, because the number of regions says nothing about its length.
    /// </value>
    [Required]
    public RnnTranslationDecodingOptions Decoding { get; init; } = new();

    /// <summary>The network.</summary>
    /// <value>The default is one layer of 512 GRUs with additive attention.</value>
    [Required]
    [Sweep.NestOption]
    public RnnCaptioningNetworkOptions Network { get; init; } = new();

    /// <summary>The training.</summary>
    /// <value>The default options, with batches of 64 captions.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTrainingOptions Training { get; init; } = new() { BatchSize = 64 };

    internal RegionSpec Regions => new(BoxesColumnName, GridWidth, GridHeight);

    /// <summary>Returns the options of a translation trainer whose source is the regions.</summary>
    /// <param name="regionSize">The number of numbers in the vector of a region.</param>
    internal RnnTranslationOptions ToTranslation(int regionSize) => new(this)
    {
        SourceColumnName = FeaturesColumnName,
        TargetColumnName = TargetColumnName,
        Regions = Regions,
        FrameSize = regionSize + Regions.BoxNumbers,
        TranslationColumnName = CaptionColumnName,
        RegionBoxesColumnName = RegionBoxesColumnName,
        Unit = Unit,
        ValidationTranslations = ValidationCaptions,
        Decoding = Decoding with { MaximumLength = Decoding.MaximumLength ?? (Unit == RnnLanguageUnit.Character ? 300 : 50) },
        Network = Network.ToTranslation(GridWidth, GridHeight),
        Training = Training,
    };

    /// <summary>Returns the default options for the same images.</summary>
    internal RnnCaptioningOptions Defaults => new()
    {
        BoxesColumnName = BoxesColumnName,
        RegionSize = RegionSize,
        GridWidth = GridWidth,
        GridHeight = GridHeight,
    };

    /// <summary>Returns the number of numbers in the vector of a region of a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, is not a vector of numbers, or has a size that the options do not fit.</exception>
    internal int RegionSizeIn(DataViewSchema schema)
    {
        const string Expected = "Vector<Single>";
        DataViewSchema.Column column = schema.Require("features", FeaturesColumnName, Expected);
        if (column.Type is not VectorDataViewType { ItemType: NumberDataViewType { RawType: var raw } } vector || raw != typeof(float))
            throw SchemaMismatch.Mistyped("features", FeaturesColumnName, Expected, $"{column.Type}", "Use the features of a CNN.", nameof(schema));
        int given = RegionSize > 0 ? RegionSize : vector.Size;
        string got = $"Vector<Single, {vector.Size}>";
        if (given == 0)
            throw SchemaMismatch.Mistyped(
                "features", FeaturesColumnName, "a vector of a known size, or RegionSize", "Vector<Single> of any size", "Set RegionSize.", nameof(schema));
        if (vector.Size > 0 && vector.Size % given != 0)
            throw SchemaMismatch.Mistyped(
                "features", FeaturesColumnName, $"a multiple of RegionSize = {given} numbers", got, "Set RegionSize.", nameof(schema));
        if (vector.Size > 0 && GridWidth > 0 && vector.Size / given != GridWidth * GridHeight)
            throw SchemaMismatch.Mistyped(
                "features", FeaturesColumnName, $"a grid of {GridWidth} × {GridHeight} regions of {given} numbers", got, "Set GridWidth and GridHeight.",
                nameof(schema));
        return given;
    }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        CaptioningOptionFaults.Of(this).Select(fault => new ValidationResult(fault));
}
