namespace MlNetRnn;

/// <summary>How training stands, after a batch or at the end of an epoch.</summary>
public sealed record RnnTrainingProgress
{
    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>At most so many epochs.</summary>
    public int MaxEpochs { get; init; }

    /// <summary>The batches of this epoch that are done.</summary>
    public int Batch { get; init; }

    /// <summary>The batches of an epoch.</summary>
    public int Batches { get; init; }

    /// <summary>Whether this report closes an epoch; the validation results are there then.</summary>
    public bool IsEndOfEpoch { get; init; }

    /// <summary>The mean training loss in this epoch so far: cross-entropy in nats a row (a step, for a tagger), or for a regression the squared error of the standardised number.</summary>
    public double Loss { get; init; }

    /// <summary>The mean norm of the gradient in this epoch so far, before clipping (lecture row L18).</summary>
    public double GradientNorm { get; init; }

    /// <summary>
    /// Where <see cref="RnnTrainingOptions.ReportGradientFlow"/> is set, at the end of an epoch: the mean norm of ∂L/∂h_t of the last recurrent layer's
    /// forward direction, by the distance of step t from the end of its row, from 0. With <see cref="RnnPooling.Last"/> the loss sees the last state
    /// alone, and what is left of the gradient after so many steps is what vanishes or explodes (lecture row L18).
    /// </summary>
    public IReadOnlyList<double>? GradientFlow { get; init; }

    /// <summary>The step size of the last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>Tokens learned per second, in this epoch so far.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>
    /// About how many products an epoch takes forward: the weights, without those of tables of vectors, times the tokens. The same on every machine, and near
    /// to what an epoch costs in time.
    /// </summary>
    public double WorkPerEpoch { get; init; }

    /// <summary>How long the rest will take if all epochs are needed.</summary>
    public TimeSpan TimeLeft { get; init; }

    /// <summary>The loss on the validation rows; at the end of an epoch, where there are such rows.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>What <see cref="ValidationMetric"/> measures: "accuracy", "R²", "token accuracy" or "span F1".</summary>
    public string? MetricName { get; init; }

    /// <summary>The metric on all validation rows; at the end of an epoch, where there are such rows. Higher is better.</summary>
    public double? ValidationMetric { get; init; }

    /// <summary>Whether this epoch is the best so far.</summary>
    public bool IsBest { get; init; }
}
