using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MlNetRnn.Tasks;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>What <c>MulticlassClassification.Trainers.RnnSequenceTagging</c> can be told. Immutable; all faults are found when the trainer is made.</summary>
/// <remarks>
/// The label is a <c>Vector&lt;Key&gt;</c> or a <c>Vector&lt;String&gt;</c> with a tag for each step of the sequence; steps whose tag is missing (key 0, empty
/// text) are left out of the loss. The input may also be a <c>String</c>: then there is a tag for each of its tokens. Predictions have a tag for each step
/// of the input, a missing one beyond <see cref="RnnTextOptions.MaximumLength"/>.
/// </remarks>
public sealed record RnnSequenceTaggingOptions : RnnSequenceOptions
{
    private const int LongestSequence = 16_384;

    /// <summary>The options with their defaults; those of <see cref="RnnSequenceOptions.Text"/> with the greatest <see cref="RnnTextOptions.MaximumLength"/>.</summary>
    public RnnSequenceTaggingOptions() => (InputColumnName, Text) = ("Tokens", new RnnTextOptions { MaximumLength = LongestSequence });

    /// <summary>The column that receives the tag of each step: <c>Vector&lt;Key&gt;</c> with the label's values.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Columns that say something of each step besides the sequence itself.</summary>
    /// <value>The default is empty.</value>
    [Required]
    [JsonPropertyName("FurtherColumns")] // the name in model files
    public IReadOnlyList<RnnAdditionalColumnOptions> AdditionalColumns { get; init; } = [];

    /// <summary>What Fit does with rows whose label, or an additional column, has another number of values than the sequence has steps.</summary>
    /// <value>The default is <see cref="RnnOnLengthMismatch.Throw"/>.</value>
    public RnnOnLengthMismatch OnLengthMismatch { get; init; } = RnnOnLengthMismatch.Throw;

    /// <summary>The column that receives the <see cref="TopTags"/> most probable tags of each step, step after step: <c>Vector&lt;Key&gt;</c> of T·<see cref="TopTags"/>.</summary>
    /// <value>The default is <see langword="null"/>: no such column.</value>
    public string? TopTagsColumnName { get; init; }

    /// <summary>The column that receives their probabilities, in the same order: <c>Vector&lt;Single&gt;</c>.</summary>
    /// <value>The default is <see langword="null"/>: no such column.</value>
    public string? TopScoresColumnName { get; init; }

    /// <summary>How many tags a step <see cref="TopTagsColumnName"/> receives: 1 to 1000, and no more than there are tags.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 1000)]
    public int TopTags { get; init; } = 3;

    /// <summary>
    /// The column that receives the best sequences of tags one after another, the best first: <c>Vector&lt;Key&gt;</c> of n·T, where n is at most
    /// <see cref="Alternatives"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no such column.</value>
    public string? AlternativesColumnName { get; init; }

    /// <summary>The column that receives the probability of each of these sequences: <c>Vector&lt;Single&gt;</c> of n.</summary>
    /// <value>The default is <see langword="null"/>: no such column.</value>
    public string? AlternativeScoresColumnName { get; init; }

    /// <summary>How many sequences <see cref="AlternativesColumnName"/> receives: 1 to 100.</summary>
    /// <value>The default is 5.</value>
    [Range(1, 100)]
    public int Alternatives { get; init; } = 5;

    /// <summary>
    /// The name of the columns that receive the spans that the tags mark. The column of this name itself has each span in words (<c>Vector&lt;String&gt;</c>: "LOC: New York"); the others have
    /// the endings ".Start" and ".Length" (<c>Vector&lt;Int32&gt;</c>, in steps, from 0), ".Type" and ".Text" (<c>Vector&lt;String&gt;</c>; the tokens with blanks between them; not for frames) and,
    /// where <see cref="RnnSequenceOptions.OffsetsColumnName"/> is set, ".CharacterStart" and ".CharacterLength" (<c>Vector&lt;Int32&gt;</c>, in the text). In a row class,
    /// <c>[ColumnName("Spans.Type")] public string[] Types { get; set; }</c> reads one of them.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no such columns.</value>
    public string? SpansColumnName { get; init; }

    /// <summary>The network.</summary>
    /// <value>The default is a new <see cref="RnnTaggingNetworkOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTaggingNetworkOptions Network { get; init; } = new();

    internal override RnnEncoderOptions Encoder => Network;

    internal override IReadOnlyList<RnnAdditionalColumnOptions> AdditionalOf => AdditionalColumns;

    internal override RnnTextOptions DefaultText => new RnnSequenceTaggingOptions().Text;

    internal override RnnEncoderOptions DefaultEncoder => new RnnTaggingNetworkOptions();

    private protected override IEnumerable<(string Option, string? Column)> AdditionalOutputs =>
    [
        (nameof(PredictedLabelColumnName), PredictedLabelColumnName),
        (nameof(TopTagsColumnName), TopTagsColumnName),
        (nameof(TopScoresColumnName), TopScoresColumnName),
        (nameof(AlternativesColumnName), AlternativesColumnName),
        (nameof(AlternativeScoresColumnName), AlternativeScoresColumnName),
        .. SpansColumnName is null ? [] : SpanColumns.Names(SpansColumnName).Select(name => (nameof(SpansColumnName), (string?)name)),
    ];

    private protected override IEnumerable<(string Option, string? Column)> AdditionalInputs => (AdditionalColumns ?? []).Select(column => (nameof(AdditionalColumns), column?.ColumnName));

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (AdditionalColumns is null) yield break;        // told of already
            if (AdditionalColumns.Any(column => column is null)) yield return $"{nameof(AdditionalColumns)}: expected columns, got null among them";
            if (Text?.WordBigrams == true) yield return $"Text.{nameof(Text.WordBigrams)}: expected false for a tagger, got true: a pair of words has no tag";
            string[] names = [InputColumnName, LabelColumnName, .. AdditionalColumns.OfType<RnnAdditionalColumnOptions>().Select(column => column.ColumnName)];
            foreach (string name in names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
                yield return $"{nameof(AdditionalColumns)}: expected columns that are neither input nor label, each once, got '{name}' twice";
        }
    }

    internal override RnnSequenceOptions TakeNetwork(RnnSequenceOptions trained) =>
        this with { Network = ((RnnSequenceTaggingOptions)trained).Network, AdditionalColumns = ((RnnSequenceTaggingOptions)trained).AdditionalColumns, Text = trained.Text, FrameSize = trained.FrameSize };
}
