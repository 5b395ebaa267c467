using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRnn.Columns;
using MlNetRnn.Options;
using MlNetRnn.Tasks;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options shared by all trainers for sequences.</summary>
public abstract record RnnSequenceOptions : IValidatableObject
{
    private protected RnnSequenceOptions()
    {
    }

    /// <summary>Name of the label column.</summary>
    /// <value>The default is "Label".</value>
    [Required]
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Name of the column that contains the sequences: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or
    /// <c>Vector&lt;Single&gt;</c> of frames with <see cref="FrameSize"/> numbers each.
    /// </summary>
    /// <value>The default is "Text", or "Tokens" for <see cref="RnnSequenceTaggingOptions"/>.</value>
    [Required]
    public string InputColumnName { get; init; } = "Text";

    /// <summary>Name of a column of type <c>Single</c> with the weight of each row during training, 0 or more.</summary>
    /// <value>The default is <see langword="null"/>: all rows have the same weight.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>Name of the output column for the score.</summary>
    /// <value>The default is "Score".</value>
    [Required]
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Name of the output column for the tokens of the sequence, as the model splits the text (<c>Vector&lt;String&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? TokensColumnName { get; init; }

    /// <summary>
    /// Name of the output columns for the position of each token in its text. The suffixes ".Start" and ".Length" are appended to the name
    /// (<c>Vector&lt;Int32&gt;</c>, in UTF-16 characters; the first character is 0). Requires an input of type <c>String</c>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the columns are not created.</value>
    public string? OffsetsColumnName { get; init; }

    /// <summary>
    /// Number of numbers per frame if the input is <c>Vector&lt;Single&gt;</c>, a sequence of concatenated frames. 0 for text, tokens and keys.
    /// </summary>
    /// <remarks>
    /// Each component is standardized to mean 0 and standard deviation 1 over the training data. Outliers, such as the values of a sensor that drops out, do
    /// not count toward mean and deviation. The network clips them at 10 deviations or at the farthest value that is not an outlier. NaN and infinity are
    /// missing values; they are replaced by the mean.
    /// </remarks>
    /// <value>0 to 8,192. The default is 0.</value>
    [Range(0, 8192)]
    public int FrameSize { get; init; }

    /// <summary>Options for the conversion of text to a sequence of words.</summary>
    /// <value>The default is a new <see cref="RnnTextOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTextOptions Text { get; init; } = new();

    /// <summary>Options for the training.</summary>
    /// <value>The default is a new <see cref="RnnTrainingOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTrainingOptions Training { get; init; } = new();

    /// <summary>How the numbers of a row become a grid, whose cells are frames; null for sequences.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal GridReading? Grid { get; init; }

    /// <summary>Network options that all trainers share.</summary>
    internal abstract RnnEncoderOptions Encoder { get; }

    /// <summary><see cref="Encoder"/> with default values.</summary>
    internal abstract RnnEncoderOptions DefaultEncoder { get; }

    /// <summary>Additional columns with a value for each step.</summary>
    internal virtual IReadOnlyList<RnnAdditionalColumnOptions> AdditionalOf => [];

    /// <summary><see cref="Text"/> with default values.</summary>
    internal virtual RnnTextOptions DefaultText => new();

    /// <summary>Returns these options with the options that a trained network determines: network, text and frames.</summary>
    internal abstract RnnSequenceOptions TakeNetwork(RnnSequenceOptions trained);

    /// <summary>Returns these options, which were read from a model file, without the parts of a network that its version did not have yet.</summary>
    /// <param name="saved">The options in the model file.</param>
    internal abstract RnnSequenceOptions WithoutLaterParts(JsonElement saved);

    /// <summary>Options of the derived type that name output columns.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> AdditionalOutputs => [];

    /// <summary>Options of the derived type that name input columns.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> AdditionalInputs => [];

    /// <summary>Validation errors of the derived type.</summary>
    private protected virtual IEnumerable<string> AdditionalFaults => [];

    /// <summary>Returns these options with other training options.</summary>
    internal RnnSequenceOptions With(RnnTrainingOptions training) => this with { Training = training };

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults().Select(fault => new ValidationResult(fault));

    private IEnumerable<string> Faults()
    {
        (string Option, string? Column)[] written =
            [(nameof(ScoreColumnName), ScoreColumnName), .. AdditionalOutputs, (nameof(TokensColumnName), TokensColumnName),
                .. OffsetsColumnName is null ? [] : OffsetColumns.Names(OffsetsColumnName).Select(name => (nameof(OffsetsColumnName), (string?)name))];
        (string Option, string? Column)[] inputs =
            [(nameof(InputColumnName), InputColumnName), (nameof(LabelColumnName), LabelColumnName), .. AdditionalInputs];
        (string Option, string? Column)[] read = [.. inputs[..2], (nameof(ExampleWeightColumnName), ExampleWeightColumnName), .. inputs[2..]];
        foreach (string fault in RepeatedNames.Faults(written, read)) yield return fault;
        if (ExampleWeightColumnName is not null && inputs.Any(input => input.Column == ExampleWeightColumnName))
            yield return $"{nameof(ExampleWeightColumnName)}: expected a column other than the label and the inputs, got '{ExampleWeightColumnName}'";
        if (Encoder is null || Text is null) yield break;         // already reported
        if (TokensColumnName is not null && FrameSize > 0)
            yield return $"{nameof(TokensColumnName)}: expected null when {nameof(FrameSize)} is set, got '{TokensColumnName}': frames have no tokens";
        if (OffsetsColumnName is not null && FrameSize > 0)
            yield return $"{nameof(OffsetsColumnName)}: expected null when {nameof(FrameSize)} is set, got '{OffsetsColumnName}': frames are not text";
        if (OffsetsColumnName is not null && Text.WordBigrams)
            yield return $"{nameof(OffsetsColumnName)}: expected null when Text.WordBigrams is set, got '{OffsetsColumnName}': word pairs overlap";
        if (Text.WordBigrams && Encoder.Cell != RnnCell.None)
            yield return $"Text.{nameof(Text.WordBigrams)}: expected false when Network.Cell is {Encoder.Cell}, got true: only None supports word pairs";
        if (FrameSize > 0 && (Text.PretrainedVectors is not null || Text.WordBigrams))
            yield return $"{nameof(FrameSize)}: expected 0 when Text.PretrainedVectors or Text.WordBigrams is set, got {FrameSize}: frames are not words";
        foreach (string fault in AdditionalFaults) yield return fault;
    }
}
