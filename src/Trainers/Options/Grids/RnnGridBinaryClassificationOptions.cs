using System.ComponentModel.DataAnnotations;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// Options for <c>BinaryClassification.Trainers.RnnGridClassification</c>. Immutable. Values are validated when the trainer is created; all errors are reported
/// together.
/// </summary>
public sealed record RnnGridBinaryClassificationOptions : RnnGridOptions
{
    /// <summary>Name of the output column for the predicted label, <see langword="true"/> or <see langword="false"/>.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Name of the output column for the probability of <see langword="true"/>.</summary>
    /// <value>The default is "Probability".</value>
    [Required]
    public string ProbabilityColumnName { get; init; } = "Probability";

    /// <inheritdoc cref="RnnGridClassificationOptions.AttentionColumnName"/>
    public string? AttentionColumnName { get; init; }

    /// <inheritdoc cref="RnnBinaryTextClassificationOptions.ClassWeighting"/>
    public RnnClassWeighting ClassWeighting { get; init; } = RnnClassWeighting.None;

    /// <inheritdoc cref="RnnBinaryTextClassificationOptions.ClassWeights"/>
    public IReadOnlyDictionary<string, float>? ClassWeights { get; init; }

    /// <inheritdoc cref="RnnBinaryTextClassificationOptions.LabelSmoothing"/>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs =>
    [
        (nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(ProbabilityColumnName), ProbabilityColumnName),
        (nameof(AttentionColumnName), AttentionColumnName),
    ];

    private protected override IEnumerable<string> OwnFaults =>
        [.. ClassWeightFaults.Of(ClassWeighting, ClassWeights), .. GridOptionFaults.OfAttention(AttentionColumnName, Network)];

    private protected override RnnSequenceOptions OwnOfSequence => new RnnBinaryTextClassificationOptions
    {
        PredictedLabelColumnName = PredictedLabelColumnName,
        ProbabilityColumnName = ProbabilityColumnName,
        AttentionColumnName = AttentionColumnName,
        ClassWeighting = ClassWeighting,
        ClassWeights = ClassWeights,
        LabelSmoothing = LabelSmoothing,
        Network = Network.ToPooled(),
    };
}
