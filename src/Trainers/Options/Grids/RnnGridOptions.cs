using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Options;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options shared by all trainers for grids, such as images.</summary>
public abstract record RnnGridOptions : IValidatableObject
{
    private protected RnnGridOptions()
    {
    }

    /// <summary>Name of the label column.</summary>
    /// <value>The default is "Label".</value>
    [Required]
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Name of the column that contains the grids: <c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels. A column
    /// without such dimensions needs <see cref="Height"/> and <see cref="Width"/>, one of them, or <see cref="SizeColumnName"/>.
    /// </summary>
    /// <remarks>
    /// Each channel is standardized to mean 0 and standard deviation 1 over the training data, without outliers, as <see cref="RnnSequenceOptions.FrameSize"/>
    /// describes. NaN and infinity are missing values; they are replaced by the mean. Unless <see cref="Height"/> or <see cref="Width"/> is set, a model also
    /// reads grids of other sizes than those it was trained on.
    /// </remarks>
    /// <value>The default is "Features".</value>
    [Required]
    public string InputColumnName { get; init; } = "Features";

    /// <summary>
    /// Name of a column with height and width of each grid (<c>Vector&lt;Int32&gt;</c> or <c>Vector&lt;Single&gt;</c> with two numbers), for grids of different
    /// sizes.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column of the grids, or <see cref="Height"/> and <see cref="Width"/>, determine their size.</value>
    public string? SizeColumnName { get; init; }

    /// <summary>Number of rows of each grid, if the column does not have it as a dimension.</summary>
    /// <value>0 to 1,000,000. The default is 0: the dimension of the column, or the number of numbers divided by width and channels.</value>
    [Range(0, 1_000_000)]
    public int Height { get; init; }

    /// <summary>Number of columns of each grid, if the column does not have it as a dimension.</summary>
    /// <value>0 to 1,000,000. The default is 0: the dimension of the column, or the number of numbers divided by height and channels.</value>
    [Range(0, 1_000_000)]
    public int Width { get; init; }

    /// <summary>Number of numbers per cell, such as 3 for red, green and blue.</summary>
    /// <value>0 to 8,192. The default is 0: the dimension of the column, or 1 without such a dimension.</value>
    [Range(0, 8192)]
    public int Channels { get; init; }

    /// <summary>
    /// Whether the numbers of the first channel of all cells precede those of the second, as <c>ExtractPixels</c> writes them unless
    /// <c>interleavePixelColors</c> is set.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: true if the first of three dimensions is <see cref="Channels"/>, or is 1 to 4 and the last one is greater. The
    /// column is refused if both could be the channels.
    /// </value>
    public bool? ChannelsFirst { get; init; }

    /// <summary>Maximum number of cells of a grid. Larger grids are refused, in training and in scoring, because the memory grows with the cells.</summary>
    /// <value>1 to 16,777,216. The default is 262,144, such as 512 × 512.</value>
    [Range(1, 1 << 24)]
    public int MaximumCells { get; init; } = 1 << 18;

    /// <summary>Name of a column of type <c>Single</c> with the weight of each row during training, 0 or more.</summary>
    /// <value>The default is <see langword="null"/>: all rows have the same weight.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>Name of the output column for the score.</summary>
    /// <value>The default is "Score".</value>
    [Required]
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Options for the network.</summary>
    /// <value>The default is a new <see cref="RnnGridNetworkOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnGridNetworkOptions Network { get; init; } = new();

    /// <summary>Options for the training.</summary>
    /// <value>The default is a new <see cref="RnnTrainingOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTrainingOptions Training { get; init; } = new();

    /// <summary>The options of the derived type, in the terms of a trainer for sequences.</summary>
    private protected abstract RnnSequenceOptions OwnOfSequence { get; }

    /// <summary>Options of the derived type that name output columns.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> OwnOutputs => [];

    /// <summary>Validation errors of the derived type.</summary>
    private protected virtual IEnumerable<string> OwnFaults => [];

    /// <summary>Returns the options of a trainer for sequences, for the column of a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or does not fit the options.</exception>
    internal RnnSequenceOptions ToSequence(DataViewSchema schema)
    {
        GridKind kind = new();
        DataViewSchema.Column column = schema.Require("input", InputColumnName, kind.Description);
        if (!kind.Accepts(column.Type)) return ToSequence(Reading(column.Type), Math.Max(1, Channels));         // refused with the other columns
        GridReading reading = Reading(column.Type);
        return ToSequence(reading, Math.Max(1, GridExtent.Of(column, Channels, reading).Channels));
    }

    /// <summary>Returns the options of a trainer for sequences, for a column whose dimensions are not known.</summary>
    /// <param name="channels">The number of numbers per cell.</param>
    internal RnnSequenceOptions ToSequence(int channels) => ToSequence(Reading(type: null), channels);

    /// <summary>Returns the options of a trainer for sequences, whose steps are the cells.</summary>
    private RnnSequenceOptions ToSequence(GridReading reading, int channels) => OwnOfSequence with
    {
        InputColumnName = InputColumnName,
        LabelColumnName = LabelColumnName,
        ExampleWeightColumnName = ExampleWeightColumnName,
        ScoreColumnName = ScoreColumnName,
        FrameSize = channels,
        Grid = reading,
        Training = Training,
    };

    private GridReading Reading(DataViewType? type) => new()
    {
        Height = Height,
        Width = Width,
        ChannelsFirst = ChannelsFirst ?? (type is not null && ChannelsFirstIn(type)),
        SizeColumn = SizeColumnName,
        MaximumCells = MaximumCells,
    };

    private bool ChannelsFirstIn(DataViewType type) => GridExtent.HasChannelsFirst(type, Channels) ?? throw SchemaMismatch.Mistyped(
        "input", InputColumnName, "three dimensions of which the first or the last are the channels", $"{type}, where both could be",
        "Set ChannelsFirst.", nameof(type));

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) => Faults().Select(fault => new ValidationResult(fault));

    private IEnumerable<string> Faults()
    {
        (string Option, string? Column)[] read =
        [
            (nameof(InputColumnName), InputColumnName), (nameof(LabelColumnName), LabelColumnName), (nameof(SizeColumnName), SizeColumnName),
            (nameof(ExampleWeightColumnName), ExampleWeightColumnName),
        ];
        foreach (string fault in RepeatedNames.Faults([(nameof(ScoreColumnName), ScoreColumnName), .. OwnOutputs], read)) yield return fault;
        foreach (IGrouping<string?, (string Option, string? Column)> same in read.Where(name => name.Column is not null).GroupBy(name => name.Column))
            if (same.Count() > 1) yield return $"{same.Last().Option}: expected a name other than that of {same.First().Option}, got '{same.Key}' for both";
        if (SizeColumnName is not null && (Height > 0 || Width > 0))
            yield return $"{nameof(SizeColumnName)}: expected null when {nameof(Height)} or {nameof(Width)} is set, got '{SizeColumnName}'";
        if (Training?.ReportGradientFlow == true)
            yield return $"{nameof(Training)}.{nameof(Training.ReportGradientFlow)}: expected false for grids, whose cells have no order in time, got true";
        foreach (string fault in OwnFaults) yield return fault;
    }
}
