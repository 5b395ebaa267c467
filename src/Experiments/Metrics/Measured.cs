namespace MlNetRnn.Experiments;

/// <summary>The metric of a trial on the validation rows.</summary>
/// <param name="Value">The metric.</param>
/// <param name="Metrics">All metrics of the task; null if there are no others.</param>
internal sealed record Measured(double Value, object? Metrics)
{
    /// <summary>A loss that orders trials with the same metric; null if there is none.</summary>
    public double? TieLoss { get; init; }
}
