using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// Options for <c>MulticlassClassification.Trainers.RnnTextClassification</c>. Immutable. Values are validated when the trainer is created; all errors are
/// reported together.
/// </summary>
public sealed record RnnTextClassificationOptions : RnnManyToOneOptions
{
    /// <summary>Name of the output column for the predicted class, a key with the label's key values.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// Whether the classes are ordinal, such as star ratings. The network then predicts one number per sequence and learns thresholds between the classes
    /// (proportional odds model; McCullagh, 1980), so that an adjacent class is a smaller error than a distant one. The order of the classes is the order of
    /// the label's key values: use <c>MapValueToKey</c> with <c>keyOrdinality: ByValue</c> or with a list of the values. Numeric key values must be in
    /// ascending order.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    [JsonPropertyName("OrderedClasses")] // the name in model files
    public bool OrdinalClasses { get; init; }

    /// <summary>How the rows of each class are weighted during training.</summary>
    /// <value>The default is <see cref="RnnClassWeighting.None"/>.</value>
    public RnnClassWeighting ClassWeighting { get; init; } = RnnClassWeighting.None;

    /// <summary>
    /// Weights of the classes by name if <see cref="ClassWeighting"/> is <see cref="RnnClassWeighting.Given"/>. A class without a weight has weight 1.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public IReadOnlyDictionary<string, float>? ClassWeights { get; init; }

    /// <summary>
    /// Label smoothing: the share of the target probability that is distributed over all classes during training (Szegedy et al., 2016, section 7). Must be 0
    /// if <see cref="OrdinalClasses"/> is set.
    /// </summary>
    /// <value>0 to 0.9. The default is 0.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs => [(nameof(PredictedLabelColumnName), PredictedLabelColumnName)];

    private protected override IEnumerable<string> OwnFaults =>
    [
        .. ClassWeightFaults.Of(ClassWeighting, ClassWeights),
        .. OrdinalClasses && LabelSmoothing > 0
            ? [FormattableString.Invariant($"{nameof(LabelSmoothing)}: expected 0 when {nameof(OrdinalClasses)} is true, got {LabelSmoothing}")]
            : Array.Empty<string>(),
    ];
}
