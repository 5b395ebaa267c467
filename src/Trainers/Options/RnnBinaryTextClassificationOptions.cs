using System.ComponentModel.DataAnnotations;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// Options for <c>BinaryClassification.Trainers.RnnTextClassification</c>. Immutable. Values are validated when the trainer is created; all errors are reported
/// together.
/// </summary>
public sealed record RnnBinaryTextClassificationOptions : RnnManyToOneOptions
{
    /// <summary>Name of the output column for the predicted label, <see langword="true"/> or <see langword="false"/>.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Name of the output column for the probability of <see langword="true"/>.</summary>
    /// <value>The default is "Probability".</value>
    [Required]
    public string ProbabilityColumnName { get; init; } = "Probability";

    /// <summary>How the rows of each class are weighted during training.</summary>
    /// <value>The default is <see cref="RnnClassWeighting.None"/>.</value>
    public RnnClassWeighting ClassWeighting { get; init; } = RnnClassWeighting.None;

    /// <summary>
    /// Weights of the classes "False" and "True" if <see cref="ClassWeighting"/> is <see cref="RnnClassWeighting.Given"/>. A class without a weight has weight
    /// 1.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public IReadOnlyDictionary<string, float>? ClassWeights { get; init; }

    /// <summary>
    /// Label smoothing: the share of the target probability that is distributed over both classes during training (Szegedy et al., 2016, section 7).
    /// </summary>
    /// <value>0 to 0.9. The default is 0.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs =>
        [(nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(ProbabilityColumnName), ProbabilityColumnName)];

    private protected override IEnumerable<string> OwnFaults => ClassWeightFaults.Of(ClassWeighting, ClassWeights);
}
