using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MlNetRnn.Options;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options for the trainer of a translation model.</summary>
public sealed record RnnTranslationOptions : RnnDecoderOptions, IValidatableObject
{
    /// <summary>Creates options with default values.</summary>
    public RnnTranslationOptions()
    {
    }

    /// <summary>Creates options with the values of another trainer for what both have in common.</summary>
    internal RnnTranslationOptions(RnnDecoderOptions common) : base(common)
    {
    }

    /// <summary>
    /// Name of the column that contains the sources: texts (<c>String</c>), units (<c>Vector&lt;String&gt;</c>, <c>Vector&lt;Key&gt;</c>), or frames of numbers
    /// (<c>Vector&lt;Single&gt;</c> with <see cref="FrameSize"/>), such as audio.
    /// </summary>
    /// <value>The default is "Source".</value>
    [Required]
    public string SourceColumnName { get; init; } = "Source";

    /// <summary>Name of the column that contains the targets: texts or units. It is only needed for training.</summary>
    /// <value>The default is "Target".</value>
    [Required]
    public string TargetColumnName { get; init; } = "Target";

    /// <summary>
    /// Name of the column (<c>String</c>) with the language of each source, for a model of several languages. A shared encoder does not read it; see
    /// <see cref="EncoderPerLanguage"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? SourceLanguageColumnName { get; init; }

    /// <summary>
    /// Name of the column (<c>String</c>) with the language of each target, for a model of several languages. One encoder and one decoder serve all of them;
    /// the encoder reads a tag of the target language before the source (Johnson et al., 2017), so that pairs of languages that were never trained on can be
    /// translated (zero-shot).
    /// </summary>
    /// <value>The default is <see langword="null"/>: a model of one pair of languages.</value>
    public string? TargetLanguageColumnName { get; init; }

    /// <summary>
    /// Whether each source language has an encoder of its own, which all target languages share (Luong et al., 2016). Requires
    /// <see cref="SourceLanguageColumnName"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: all languages share the encoder.</value>
    public bool EncoderPerLanguage { get; init; }

    /// <summary>
    /// Whether each target language has a decoder of its own, which all source languages share. The encoder then reads no tag. Requires
    /// <see cref="TargetLanguageColumnName"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: all languages share the decoder.</value>
    public bool DecoderPerLanguage { get; init; }

    /// <summary>Name of the output column for the translation (<c>String</c>).</summary>
    /// <value>The default is "Translation".</value>
    [Required]
    public string TranslationColumnName { get; init; } = "Translation";

    /// <summary>Name of the output column for the symbols of the source (<c>Vector&lt;String&gt;</c>). The last one is the end, an empty text.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? SourceSymbolsColumnName { get; init; }

    /// <summary>The unit that texts are divided into. A column of units keeps its units.</summary>
    /// <value>The default is <see cref="RnnLanguageUnit.Subword"/>.</value>
    public RnnLanguageUnit Unit { get; init; } = RnnLanguageUnit.Subword;

    /// <summary>The unit of the targets.</summary>
    /// <value>The default is <see langword="null"/>: that of <see cref="Unit"/>.</value>
    public RnnLanguageUnit? TargetUnit { get; init; }

    /// <summary>Whether source and target have one vocabulary, as for related languages or spelling correction.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool JointVocabulary { get; init; }

    /// <summary>Number of values in a frame, for a source of frames.</summary>
    /// <value>0 to 100,000. The default is 0: the source holds texts or units.</value>
    [Range(0, 100_000)]
    public int FrameSize { get; init; }

    /// <summary>
    /// Maximum number of source and target symbols per optimizer step. Pairs of similar length are trained together; a step has at most
    /// <see cref="RnnTrainingOptions.BatchSize"/> pairs.
    /// </summary>
    /// <value>1 to 16,384. The default is 16,384.</value>
    [Range(1, 16_384)]
    public int MaximumBatchSymbols { get; init; } = 16_384;

    /// <summary>The number of validation sources that are translated after each epoch for <see cref="RnnTranslationMetric.Bleu"/>: the first ones.</summary>
    /// <value>1 or more. The default is 1,000.</value>
    [Range(1, int.MaxValue)]
    public int ValidationTranslations { get; init; } = 1000;

    /// <summary>How the trained model finds translations.</summary>
    /// <value>The default is a beam search of width 5.</value>
    [Required]
    public RnnTranslationDecodingOptions Decoding { get; init; } = new();

    /// <summary>Options for the network.</summary>
    /// <value>The default is a GRU with 256 units and additive attention.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTranslationNetworkOptions Network { get; init; } = new();

    /// <summary>Options for training. <see cref="RnnTrainingOptions.BatchSize"/> is the maximum number of pairs per step.</summary>
    /// <value>The default options.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTrainingOptions Training { get; init; } = new() { BatchSize = 64 };

    /// <summary>The minimum count of a unit, for the unit of the options.</summary>
    internal int MinimumCountOf(RnnLanguageUnit unit) => MinimumCount ?? SymbolCodecs.DefaultMinimumCount(unit);

    /// <summary>The maximum number of units, for the unit of the options.</summary>
    internal int MaximumSizeOf(RnnLanguageUnit unit) => MaximumVocabularySize ?? SymbolCodecs.DefaultMaximumSize(unit);

    /// <summary>The regions of an image, for a captioning model.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal RegionSpec? Regions { get; init; }

    /// <summary>The number of numbers of a frame in the source column: those of a box have a column of their own.</summary>
    internal int ColumnFrameSize => FrameSize - (Regions?.BoxNumbers ?? 0);

    /// <summary>The name of the output column for the boxes of the regions; null for none.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? RegionBoxesColumnName { get; init; }

    internal TranslationColumns Columns => new(
        TranslationColumnName, ScoreColumnName, NBestColumnName, NBestScoresColumnName, SymbolsColumnName, SourceSymbolsColumnName, AttentionColumnName,
        EncoderStateColumnName, EndColumnName, RegionBoxesColumnName);

    /// <summary>All columns that training reads.</summary>
    internal string[] Inputs =>
        [.. new[] { SourceColumnName, TargetColumnName, SourceLanguageColumnName, TargetLanguageColumnName, Regions?.BoxesColumn }.OfType<string>()];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        TranslationOptionFaults.Of(this).Select(fault => new ValidationResult(fault));
}
