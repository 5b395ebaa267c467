using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>What <c>MulticlassClassification.Trainers.RnnTextClassification</c> can be told. Immutable; all faults are found when the trainer is made.</summary>
public sealed record RnnTextClassificationOptions : RnnManyToOneOptions
{
    /// <summary>The column that receives the most probable class.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// Whether the classes are ordered, as star ratings are (lecture row L3): the network then learns one number for a text and thresholds between
    /// the classes (proportional odds model; McCullagh, 1980), so that a neighbouring class is a smaller mistake than a far one. The order is that of
    /// the key: map with <c>keyOrdinality: ByValue</c>, or with a list of the values. Key values that are numbers must be in their order.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    [JsonPropertyName("OrderedClasses")] // the name in model files
    public bool OrdinalClasses { get; init; }

    /// <summary>How much the rows of each class count while learning.</summary>
    /// <value>The default is <see cref="RnnClassWeighting.None"/>.</value>
    public RnnClassWeighting ClassWeighting { get; init; } = RnnClassWeighting.None;

    /// <summary>
    /// How much a row of each class counts, by the class's name, where <see cref="ClassWeighting"/> is <see cref="RnnClassWeighting.Given"/>; 1 for a
    /// class that is not named.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public IReadOnlyDictionary<string, float>? ClassWeights { get; init; }

    /// <summary>The share of the truth that is spread over all classes while learning (Szegedy et al., 2016, section 7): 0 to 0.9.</summary>
    /// <value>The default is 0.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs => [(nameof(PredictedLabelColumnName), PredictedLabelColumnName)];

    private protected override IEnumerable<string> OwnFaults =>
    [
        .. ClassWeightFaults.Of(ClassWeighting, ClassWeights),
        .. OrdinalClasses && LabelSmoothing > 0 ? [$"{nameof(LabelSmoothing)}: expected 0 where {nameof(OrdinalClasses)} is true, got {FormattableString.Invariant($"{LabelSmoothing}")}"] : Array.Empty<string>(),
    ];
}
