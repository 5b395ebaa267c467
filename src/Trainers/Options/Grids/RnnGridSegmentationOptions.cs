using System.ComponentModel.DataAnnotations;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// Options for <c>MulticlassClassification.Trainers.RnnGridSegmentation</c>. Immutable. Values are validated when the trainer is created; all errors are
/// reported together.
/// </summary>
/// <remarks>
/// The label is a <c>Vector&lt;Key&gt;</c> or a <c>Vector&lt;String&gt;</c> with a class for each cell of the grid, row by row. Cells with a missing class (key
/// 0, empty text) are excluded from the loss. Predictions have a class for each cell, row by row.
/// </remarks>
public sealed record RnnGridSegmentationOptions : RnnGridOptions
{
    /// <summary>Name of the output column for the class of each cell: <c>Vector&lt;Key&gt;</c> with the label's key values.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>What Fit does with rows whose label does not have one value per cell.</summary>
    /// <value>The default is <see cref="RnnOnLengthMismatch.Throw"/>.</value>
    public RnnOnLengthMismatch OnLengthMismatch { get; init; } = RnnOnLengthMismatch.Throw;

    /// <summary>
    /// Name of the output column for the <see cref="TopClasses"/> most probable classes of each cell, concatenated cell by cell: <c>Vector&lt;Key&gt;</c>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? TopClassesColumnName { get; init; }

    /// <summary>Name of the output column for the probabilities of these classes, in the same order: <c>Vector&lt;Single&gt;</c>.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? TopScoresColumnName { get; init; }

    /// <summary>Number of classes per cell in <see cref="TopClassesColumnName"/>, at most the number of classes.</summary>
    /// <value>1 to 1,000. The default is 3.</value>
    [Range(1, 1000)]
    public int TopClasses { get; init; } = 3;

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs =>
    [
        (nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(TopClassesColumnName), TopClassesColumnName),
        (nameof(TopScoresColumnName), TopScoresColumnName),
    ];

    private protected override IEnumerable<string> OwnFaults => GridOptionFaults.OfCells(Network);

    private protected override RnnSequenceOptions OwnOfSequence => new RnnSequenceTaggingOptions
    {
        PredictedLabelColumnName = PredictedLabelColumnName,
        OnLengthMismatch = OnLengthMismatch,
        TopTagsColumnName = TopClassesColumnName,
        TopScoresColumnName = TopScoresColumnName,
        TopTags = TopClasses,
        Network = Network.ToTagging(),
    };
}
