using System.ComponentModel.DataAnnotations;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>What <c>BinaryClassification.Trainers.RnnTextClassification</c> can be told. Immutable; all faults are found when the trainer is made.</summary>
public sealed record RnnBinaryTextClassificationOptions : RnnManyToOneOptions
{
    /// <summary>The column that receives true or false.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The column that receives the probability of true.</summary>
    /// <value>The default is "Probability".</value>
    [Required]
    public string ProbabilityColumnName { get; init; } = "Probability";

    /// <summary>How much the rows of each class count while learning.</summary>
    /// <value>The default is <see cref="RnnClassWeighting.None"/>.</value>
    public RnnClassWeighting ClassWeighting { get; init; } = RnnClassWeighting.None;

    /// <summary>
    /// How much a row of the classes "False" and "True" counts where <see cref="ClassWeighting"/> is <see cref="RnnClassWeighting.Given"/>; 1 for one
    /// that is not named.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public IReadOnlyDictionary<string, float>? ClassWeights { get; init; }

    /// <summary>The share of the truth that is spread over both classes while learning (Szegedy et al., 2016, section 7): 0 to 0.9.</summary>
    /// <value>The default is 0.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs =>
        [(nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(ProbabilityColumnName), ProbabilityColumnName)];

    private protected override IEnumerable<string> OwnFaults => ClassWeightFaults.Of(ClassWeighting, ClassWeights);
}
