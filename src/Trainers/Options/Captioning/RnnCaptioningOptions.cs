using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Options;
using MlNetRnn.Translation;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options for the trainer of a captioning model.</summary>
public sealed record RnnCaptioningOptions : IValidatableObject
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

    /// <summary>Name of the output column for the score by which captions are ranked: the log-probability with penalties.</summary>
    /// <value>The default is "Score".</value>
    [Required]
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Name of the output column for the n best captions (<c>Vector&lt;String&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? NBestColumnName { get; init; }

    /// <summary>Name of the output column for the scores of the n best captions.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? NBestScoresColumnName { get; init; }

    /// <summary>Name of the output column for the text of each symbol of the caption (<c>Vector&lt;String&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? SymbolsColumnName { get; init; }

    /// <summary>
    /// Name of the output column for the attention (<c>Vector&lt;Single&gt;</c>): for each symbol of the caption the weight of each region, symbol by symbol.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? AttentionColumnName { get; init; }

    /// <summary>
    /// Name of the output column for the boxes of the regions (<c>Vector&lt;Single&gt;</c>), four numbers each: those of the data, the cells of the grid, or
    /// the deformed regions.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? RegionBoxesColumnName { get; init; }

    /// <summary>Name of the output column for the mean of the vectors of the regions, which determines the initial state of the decoder.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? EncoderStateColumnName { get; init; }

    /// <summary>Name of the output column for why the caption ended (<c>String</c>, a name of <see cref="RnnGenerationEnd"/>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? EndColumnName { get; init; }

    /// <summary>The unit of captions that are texts.</summary>
    /// <value>The default is <see cref="RnnLanguageUnit.Word"/>.</value>
    public RnnLanguageUnit Unit { get; init; } = RnnLanguageUnit.Word;

    /// <summary>Minimum number of occurrences of a unit in the captions; rarer ones are unknown.</summary>
    /// <value>1 or more. The default is <see langword="null"/>: 1 for characters, 2 for other units.</value>
    [Range(1, int.MaxValue)]
    public int? MinimumCount { get; init; }

    /// <summary>Maximum number of symbols.</summary>
    /// <value>1 to 1,000,000; at least 256 for subwords. The default is <see langword="null"/>: 4,096 for subwords, 50,000 for other units.</value>
    [Range(1, 1_000_000)]
    public int? MaximumVocabularySize { get; init; }

    /// <summary>Maximum number of regions of an image, and of symbols of a caption. Additional regions are ignored, longer captions are left out.</summary>
    /// <value>1 to 100,000. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int MaximumLength { get; init; } = 1000;

    /// <summary>What the decoder reads during training.</summary>
    /// <value>The default is <see cref="RnnTargetSampling.Teacher"/>.</value>
    public RnnTargetSampling Sampling { get; init; }

    /// <summary>How the probability of reading a sampled symbol grows during training.</summary>
    /// <value>The default is <see cref="RnnSamplingSchedule.Linear"/>.</value>
    public RnnSamplingSchedule SamplingSchedule { get; init; }

    /// <summary>Greatest probability of reading a sampled symbol.</summary>
    /// <value>0 to 1. The default is 0.25.</value>
    [Range(0f, 1f)]
    public float SamplingProbability { get; init; } = 0.25f;

    /// <summary>Share of the probability that training distributes over all symbols (Szegedy et al., 2016).</summary>
    /// <value>0 to 0.9. The default is 0.1.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; } = 0.1f;

    /// <summary>The metric that chooses the best epoch. BLEU compares a caption with all captions of the image.</summary>
    /// <value>The default is <see cref="RnnTranslationMetric.Bleu"/>.</value>
    public RnnTranslationMetric Metric { get; init; } = RnnTranslationMetric.Bleu;

    /// <summary>Maximum number of validation pairs of image and caption whose images are captioned after each epoch, if the metric is BLEU.</summary>
    /// <value>1 or more. The default is 5,000.</value>
    [Range(1, int.MaxValue)]
    public int ValidationCaptions { get; init; } = 5000;

    /// <summary>How the transformer finds captions.</summary>
    /// <value>The default is a beam search of width 5 for at most 50 symbols.</value>
    [Required]
    public RnnTranslationDecodingOptions Decoding { get; init; } = new() { MaximumLength = 50 };

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
    internal RnnTranslationOptions ToTranslation(int regionSize) => new()
    {
        SourceColumnName = FeaturesColumnName,
        TargetColumnName = TargetColumnName,
        Regions = Regions,
        FrameSize = regionSize + Regions.BoxNumbers,
        TranslationColumnName = CaptionColumnName,
        ScoreColumnName = ScoreColumnName,
        NBestColumnName = NBestColumnName,
        NBestScoresColumnName = NBestScoresColumnName,
        SymbolsColumnName = SymbolsColumnName,
        AttentionColumnName = AttentionColumnName,
        BoxesColumnName = RegionBoxesColumnName,
        EncoderStateColumnName = EncoderStateColumnName,
        EndColumnName = EndColumnName,
        Unit = Unit,
        MinimumCount = MinimumCount,
        MaximumVocabularySize = MaximumVocabularySize,
        MaximumLength = MaximumLength,
        Sampling = Sampling,
        SamplingSchedule = SamplingSchedule,
        SamplingProbability = SamplingProbability,
        LabelSmoothing = LabelSmoothing,
        Metric = Metric,
        ValidationTranslations = ValidationCaptions,
        Decoding = Decoding,
        Network = Network.ToTranslation(GridWidth, GridHeight),
        Training = Training,
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
