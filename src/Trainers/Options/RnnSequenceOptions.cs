using System.ComponentModel.DataAnnotations;
using MlNetRnn.Options;
using MlNetRnn.Tasks;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>What every trainer can be told that learns from sequences.</summary>
public abstract record RnnSequenceOptions : IValidatableObject
{
    private protected RnnSequenceOptions()
    {
    }

    /// <summary>The label column.</summary>
    /// <value>The default is "Label".</value>
    [Required]
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// The column that holds the sequences: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or
    /// <c>Vector&lt;Single&gt;</c> of frames with <see cref="FrameSize"/>.
    /// </summary>
    /// <value>The default is "Text".</value>
    [Required]
    public string InputColumnName { get; init; } = "Text";

    /// <summary>A column of <c>Single</c> that says how much each row counts while learning: 0 or more.</summary>
    /// <value>The default is <see langword="null"/>: all count the same.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The column that receives the score.</summary>
    /// <value>The default is "Score".</value>
    [Required]
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column that receives the tokens of the sequence as the model has cut them (<c>Vector&lt;String&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: no such column.</value>
    public string? TokensColumnName { get; init; }

    /// <summary>
    /// The name of the columns that receive where each token stands in its text, with the endings ".Start" and ".Length" (<c>Vector&lt;Int32&gt;</c>, in UTF-16 characters, from 0).
    /// For an input of type <c>String</c>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no such columns.</value>
    public string? OffsetsColumnName { get; init; }

    /// <summary>
    /// How many numbers make a frame where the input is <c>Vector&lt;Single&gt;</c>, a sequence of frames one after another: 0 to 8,192; 0 for
    /// text, tokens and keys. Every component is scaled to mean 0 and deviation 1 over the training data. Outliers, as of a sensor that drops out, do not count for mean
    /// and deviation; in the network they are clipped, at 10 deviations or at the farthest value that is no outlier. NaN and infinity are missing values and count as the mean.
    /// </summary>
    /// <value>The default is 0.</value>
    [Range(0, 8192)]
    public int FrameSize { get; init; }

    /// <summary>How text becomes a sequence of known words.</summary>
    /// <value>The default is a new <see cref="RnnTextOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTextOptions Text { get; init; } = new();

    /// <summary>How the network learns.</summary>
    /// <value>The default is a new <see cref="RnnTrainingOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTrainingOptions Training { get; init; } = new();

    /// <summary>What the networks of all trainers have in common.</summary>
    internal abstract RnnEncoderOptions Encoder { get; }

    /// <summary>The same with its defaults.</summary>
    internal abstract RnnEncoderOptions DefaultEncoder { get; }

    /// <summary>Columns with a value for each step besides the sequence itself.</summary>
    internal virtual IReadOnlyList<RnnAdditionalColumnOptions> AdditionalOf => [];

    /// <summary><see cref="Text"/> with its defaults.</summary>
    internal virtual RnnTextOptions DefaultText => new();

    /// <summary>These options with what a trained network decides: network, text and frames.</summary>
    internal abstract RnnSequenceOptions TakeNetwork(RnnSequenceOptions trained);

    /// <summary>The options that name output columns, besides those of every trainer.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> AdditionalOutputs => [];

    /// <summary>The options that name input columns, besides those of every trainer.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> AdditionalInputs => [];

    /// <summary>What is wrong besides, in words.</summary>
    private protected virtual IEnumerable<string> AdditionalFaults => [];

    /// <summary>The same options with another training.</summary>
    internal RnnSequenceOptions With(RnnTrainingOptions training) => this with { Training = training };


    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) => Faults().Select(fault => new ValidationResult(fault));

    private IEnumerable<string> Faults()
    {
        (string Option, string? Column)[] written =
            [(nameof(ScoreColumnName), ScoreColumnName), .. AdditionalOutputs, (nameof(TokensColumnName), TokensColumnName),
                .. OffsetsColumnName is null ? [] : OffsetColumns.Names(OffsetsColumnName).Select(name => (nameof(OffsetsColumnName), (string?)name))];
        (string Option, string? Column)[] read = [(nameof(InputColumnName), InputColumnName), (nameof(LabelColumnName), LabelColumnName), (nameof(ExampleWeightColumnName), ExampleWeightColumnName), .. AdditionalInputs];
        for (int i = 0; i < written.Length; i++)
            foreach ((string other, string? column) in written[(i + 1)..].Concat(read))
                if (written[i].Column is not null && written[i].Column == column) yield return $"{written[i].Option}: expected another name than {other}, got '{column}' for both";
        if (ExampleWeightColumnName is not null && (ExampleWeightColumnName == LabelColumnName || ExampleWeightColumnName == InputColumnName || AdditionalInputs.Any(additional => additional.Column == ExampleWeightColumnName)))
            yield return $"{nameof(ExampleWeightColumnName)}: expected another column than label and input, got '{ExampleWeightColumnName}'";
        if (Encoder is null || Text is null) yield break;         // told of already
        if (TokensColumnName is not null && FrameSize > 0)
            yield return $"{nameof(TokensColumnName)}: expected null where {nameof(FrameSize)} is set, got '{TokensColumnName}': frames have no tokens";
        if (OffsetsColumnName is not null && FrameSize > 0)
            yield return $"{nameof(OffsetsColumnName)}: expected null where {nameof(FrameSize)} is set, got '{OffsetsColumnName}': frames stand in no text";
        if (OffsetsColumnName is not null && Text.WordBigrams)
            yield return $"{nameof(OffsetsColumnName)}: expected null where Text.{nameof(Text.WordBigrams)} is set, got '{OffsetsColumnName}': pairs of words overlap";
        if (Text.WordBigrams && Encoder.Cell != RnnCell.None)
            yield return $"Text.{nameof(Text.WordBigrams)}: expected false where Network.Cell is {Encoder.Cell}, got true: only a bag of words (None) has use for pairs";
        if (FrameSize > 0 && (Text.PretrainedVectors is not null || Text.WordBigrams))
            yield return $"{nameof(FrameSize)}: expected 0 where Text.PretrainedVectors or Text.WordBigrams is set, got {FrameSize}: frames are no words";
        foreach (string fault in AdditionalFaults) yield return fault;
    }
}
