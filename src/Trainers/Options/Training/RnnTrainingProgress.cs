namespace MlNetRnn;

/// <summary>Progress of a training, after a batch or at the end of an epoch.</summary>
public sealed record RnnTrainingProgress
{
    /// <summary>Number of the current epoch; the first is 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Maximum number of epochs.</summary>
    public int MaxEpochs { get; init; }

    /// <summary>Number of completed batches in this epoch.</summary>
    public int Batch { get; init; }

    /// <summary>Number of batches per epoch.</summary>
    public int Batches { get; init; }

    /// <summary>Whether this report ends an epoch and contains the validation results.</summary>
    public bool IsEndOfEpoch { get; init; }

    /// <summary>
    /// Mean training loss in this epoch so far: the cross-entropy in nats per row (per step for a tagger), or the squared error of the standardized number for
    /// regression.
    /// </summary>
    public double Loss { get; init; }

    /// <summary>Mean norm of the gradient in this epoch so far, before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>
    /// Mean norm of ∂L/∂h_t in the forward direction of the last recurrent layer, indexed by the distance of step t from the end of its row. Available at the
    /// end of an epoch if <see cref="RnnTrainingOptions.ReportGradientFlow"/> is set.
    /// </summary>
    /// <remarks>
    /// With <see cref="RnnPooling.Last"/>, the loss depends on the last state alone. The values then show how much of the gradient remains after that many
    /// steps: whether gradients vanish or explode.
    /// </remarks>
    public IReadOnlyList<double>? GradientFlow { get; init; }

    /// <summary>Learning rate of the last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>Number of training tokens per second in this epoch so far.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>
    /// Approximate number of multiplications in the forward pass of an epoch: the number of weights, not counting tables of vectors, times the number of
    /// tokens. It does not depend on the machine and is roughly proportional to the time of an epoch.
    /// </summary>
    public double WorkPerEpoch { get; init; }

    /// <summary>Estimated time until the end of training, if all epochs are needed.</summary>
    public TimeSpan TimeLeft { get; init; }

    /// <summary>Loss on the validation data. Available at the end of an epoch if there is validation data.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Name of the metric in <see cref="ValidationMetric"/>: "accuracy", "R²", "token accuracy" or "span F1".</summary>
    public string? MetricName { get; init; }

    /// <summary>Metric on all validation data; higher is better. Available at the end of an epoch if there is validation data.</summary>
    public double? ValidationMetric { get; init; }

    /// <summary>Whether this epoch is the best so far.</summary>
    public bool IsBest { get; init; }
}
