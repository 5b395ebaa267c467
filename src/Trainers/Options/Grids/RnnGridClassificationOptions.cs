using System.ComponentModel.DataAnnotations;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// Options for <c>MulticlassClassification.Trainers.RnnGridClassification</c>. Immutable. Values are validated when the trainer is created; all errors are
/// reported together.
/// </summary>
public sealed record RnnGridClassificationOptions : RnnGridOptions
{
    /// <summary>Name of the output column for the predicted class, a key with the label's key values.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// Name of the output column for the attention weight of each cell (<c>Vector&lt;Single&gt;</c>, row by row, with sum 1), by which the network
    /// weighted the states. The cells of a patch have the same weight. Requires <see cref="RnnPooling.Attention"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? AttentionColumnName { get; init; }

    /// <inheritdoc cref="RnnTextClassificationOptions.OrdinalClasses"/>
    public bool OrdinalClasses { get; init; }

    /// <inheritdoc cref="RnnTextClassificationOptions.ClassWeighting"/>
    public RnnClassWeighting ClassWeighting { get; init; } = RnnClassWeighting.None;

    /// <inheritdoc cref="RnnTextClassificationOptions.ClassWeights"/>
    public IReadOnlyDictionary<string, float>? ClassWeights { get; init; }

    /// <inheritdoc cref="RnnTextClassificationOptions.LabelSmoothing"/>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs =>
        [(nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(AttentionColumnName), AttentionColumnName)];

    private protected override IEnumerable<string> OwnFaults =>
    [
        .. ClassWeightFaults.Of(ClassWeighting, ClassWeights),
        .. GridOptionFaults.OfAttention(AttentionColumnName, Network),
        .. OrdinalClasses && LabelSmoothing > 0
            ? [FormattableString.Invariant($"{nameof(LabelSmoothing)}: expected 0 when {nameof(OrdinalClasses)} is true, got {LabelSmoothing}")]
            : Array.Empty<string>(),
    ];

    private protected override RnnSequenceOptions OwnOfSequence => new RnnTextClassificationOptions
    {
        PredictedLabelColumnName = PredictedLabelColumnName,
        AttentionColumnName = AttentionColumnName,
        OrdinalClasses = OrdinalClasses,
        ClassWeighting = ClassWeighting,
        ClassWeights = ClassWeights,
        LabelSmoothing = LabelSmoothing,
        Network = Network.ToPooled(),
    };
}
