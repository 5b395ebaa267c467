using System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>What <c>RnnTextClassification</c> can be told. Immutable; all faults are found when the trainer is made.</summary>
public sealed record RnnTextClassificationOptions : IValidatableObject
{
    /// <summary>The label column: a key, as MapValueToKey gives.</summary>
    /// <value>The default is "Label".</value>
    [Required]
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column that receives the probability of each class.</summary>
    /// <value>The default is "Score".</value>
    [Required]
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column that receives the most probable class.</summary>
    /// <value>The default is "PredictedLabel".</value>
    [Required]
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The column that holds the sequences: <c>String</c>, or <c>Vector&lt;String&gt;</c> of tokens.</summary>
    /// <value>The default is "Text".</value>
    [Required]
    public string InputColumnName { get; init; } = "Text";

    /// <summary>How text becomes a sequence of known words.</summary>
    /// <value>The default is a new <see cref="RnnTextOptions"/>.</value>
    [Required]
    public RnnTextOptions Text { get; init; } = new();

    /// <summary>The network.</summary>
    /// <value>The default is a new <see cref="RnnNetworkOptions"/>.</value>
    [Required]
    public RnnNetworkOptions Network { get; init; } = new();

    /// <summary>How the network learns.</summary>
    /// <value>The default is a new <see cref="RnnTrainingOptions"/>.</value>
    [Required]
    public RnnTrainingOptions Training { get; init; } = new();

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        (string Option, string Column)[] written = [(nameof(ScoreColumnName), ScoreColumnName), (nameof(PredictedLabelColumnName), PredictedLabelColumnName)];
        (string Option, string Column)[] others = [(nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(InputColumnName), InputColumnName), (nameof(LabelColumnName), LabelColumnName)];
        foreach (var (option, column) in written)
            foreach (var (other, otherColumn) in others)
                if (option != other && column == otherColumn) yield return new ValidationResult($"{option}: expected another name than {other}, got '{column}' for both");
    }
}
