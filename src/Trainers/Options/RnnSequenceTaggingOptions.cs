using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRnn.Tasks;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>
/// Options for <c>MulticlassClassification.Trainers.RnnSequenceTagging</c>. Immutable. Values are validated when the trainer is created; all errors are
/// reported together.
/// </summary>
/// <remarks>
/// The label is a <c>Vector&lt;Key&gt;</c> or a <c>Vector&lt;String&gt;</c> with a tag for each step of the sequence. Steps with a missing tag (key 0, empty
/// text) are excluded from the loss. If the input is a <c>String</c>, the label has a tag for each of its tokens. Predictions have a tag for each step of the
/// input; steps after <see cref="RnnTextOptions.MaximumLength"/> have a missing tag.
/// </remarks>
public sealed record RnnSequenceTaggingOptions : RnnSequenceOptions
{
    private const int LongestSequence = 16_384;

    /// <summary>
    /// Initializes the options with their default values. <see cref="RnnTextOptions.MaximumLength"/> of <see cref="RnnSequenceOptions.Text"/> is 16,384.
    /// </summary>
    public RnnSequenceTaggingOptions() => (InputColumnName, Text) = ("Tokens", new RnnTextOptions { MaximumLength = LongestSequence });

    /// <summary>Name of the output column for the tag of each step: <c>Vector&lt;Key&gt;</c> with the label's key values.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Additional input columns with a value for each step, such as part of speech.</summary>
    /// <value>The default is empty.</value>
    [Required]
    [JsonPropertyName("FurtherColumns")] // the name in model files
    public IReadOnlyList<RnnAdditionalColumnOptions> AdditionalColumns { get; init; } = [];

    /// <summary>What Fit does with rows in which the label or an additional column does not have one value per step.</summary>
    /// <value>The default is <see cref="RnnOnLengthMismatch.Throw"/>.</value>
    public RnnOnLengthMismatch OnLengthMismatch { get; init; } = RnnOnLengthMismatch.Throw;

    /// <summary>
    /// Name of the output column for the <see cref="TopTags"/> most probable tags of each step, concatenated step by step: <c>Vector&lt;Key&gt;</c> of length
    /// T·<see cref="TopTags"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? TopTagsColumnName { get; init; }

    /// <summary>Name of the output column for the probabilities of these tags, in the same order: <c>Vector&lt;Single&gt;</c>.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? TopScoresColumnName { get; init; }

    /// <summary>Number of tags per step in <see cref="TopTagsColumnName"/>, at most the number of tags.</summary>
    /// <value>1 to 1,000. The default is 3.</value>
    [Range(1, 1000)]
    public int TopTags { get; init; } = 3;

    /// <summary>
    /// Name of the output column for the n-best tag sequences, concatenated from best to worst: <c>Vector&lt;Key&gt;</c> of length n·T, where n is at most
    /// <see cref="Alternatives"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? AlternativesColumnName { get; init; }

    /// <summary>Name of the output column for the probabilities of these sequences: <c>Vector&lt;Single&gt;</c> of length n.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? AlternativeScoresColumnName { get; init; }

    /// <summary>Maximum number of sequences in <see cref="AlternativesColumnName"/>.</summary>
    /// <value>1 to 100. The default is 5.</value>
    [Range(1, 100)]
    public int Alternatives { get; init; } = 5;

    /// <summary>Name of the output columns for the spans that the tags mark.</summary>
    /// <remarks>
    /// The column of this name contains each span as text (<c>Vector&lt;String&gt;</c>: "LOC: New York"). The names of the other columns have a suffix:
    /// <list type="bullet">
    /// <item><description>".Start" and ".Length": position in steps; the first step is 0 (<c>Vector&lt;Int32&gt;</c>).</description></item>
    /// <item><description>".Type" and ".Text": type and tokens of the span, the tokens separated by spaces (<c>Vector&lt;String&gt;</c>; no ".Text" for
    /// frames).</description></item>
    /// <item><description>".CharacterStart" and ".CharacterLength": position in the text (<c>Vector&lt;Int32&gt;</c>), if
    /// <see cref="RnnSequenceOptions.OffsetsColumnName"/> is set.</description></item>
    /// </list>
    /// To read such a column in a row class, declare <c>[ColumnName("Spans.Type")] public string[] Types { get; set; }</c>.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: the columns are not created.</value>
    public string? SpansColumnName { get; init; }

    /// <summary>Options for the network.</summary>
    /// <value>The default is a new <see cref="RnnTaggingNetworkOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTaggingNetworkOptions Network { get; init; } = new();

    internal override RnnEncoderOptions Encoder => Network;

    internal override IReadOnlyList<RnnAdditionalColumnOptions> AdditionalOf => AdditionalColumns;

    internal override RnnTextOptions DefaultText => new RnnSequenceTaggingOptions().Text;

    internal override RnnEncoderOptions DefaultEncoder => Grid is null ? new RnnTaggingNetworkOptions() : new RnnGridNetworkOptions().ToTagging();

    private protected override IEnumerable<(string Option, string? Column)> AdditionalOutputs =>
    [
        (nameof(PredictedLabelColumnName), PredictedLabelColumnName),
        (nameof(TopTagsColumnName), TopTagsColumnName),
        (nameof(TopScoresColumnName), TopScoresColumnName),
        (nameof(AlternativesColumnName), AlternativesColumnName),
        (nameof(AlternativeScoresColumnName), AlternativeScoresColumnName),
        .. SpansColumnName is null ? [] : SpanColumns.Names(SpansColumnName).Select(name => (nameof(SpansColumnName), (string?)name)),
    ];

    private protected override IEnumerable<(string Option, string? Column)> AdditionalInputs =>
        (AdditionalColumns ?? []).Select(column => (nameof(AdditionalColumns), column?.ColumnName));

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (AdditionalColumns is null) yield break;        // already reported
            if (AdditionalColumns.Any(column => column is null)) yield return $"{nameof(AdditionalColumns)}: expected columns, got a list that contains null";
            if (Text?.WordBigrams == true) yield return $"Text.{nameof(Text.WordBigrams)}: expected false for a tagger, got true: word pairs have no tag";
            string[] names = [InputColumnName, LabelColumnName, .. AdditionalColumns.OfType<RnnAdditionalColumnOptions>().Select(column => column.ColumnName)];
            foreach (string name in names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
                yield return $"{nameof(AdditionalColumns)}: expected each column once, and neither the input nor the label, got '{name}' twice";
        }
    }

    internal override RnnSequenceOptions WithoutLaterParts(JsonElement saved) =>
        saved.GetProperty(nameof(Network)).TryGetProperty(nameof(RnnTaggingNetworkOptions.LinearPath), out _)
            ? this
            : this with { Network = Network with { LinearPath = false } };

    internal override RnnSequenceOptions TakeNetwork(RnnSequenceOptions trained) =>
        this with
        {
            Network = ((RnnSequenceTaggingOptions)trained).Network,
            AdditionalColumns = ((RnnSequenceTaggingOptions)trained).AdditionalColumns,
            Text = trained.Text,
            FrameSize = trained.FrameSize,
        };
}
