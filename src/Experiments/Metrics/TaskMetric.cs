using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>One of the metrics of a task.</summary>
/// <typeparam name="TMetrics">The metrics of the task, as its evaluator returns them.</typeparam>
/// <param name="Name">The name in tables and reports.</param>
/// <param name="IsMaximize">Whether a higher metric is better.</param>
/// <param name="Value">Selects the metric.</param>
public sealed record TaskMetric<TMetrics>(string Name, bool IsMaximize, Func<TMetrics, double> Value)
{
    /// <summary>
    /// Whether running trials are compared by their loss on the validation rows instead of the trainer's metric (accuracy, span F1); for metrics that are
    /// such a loss.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ComparesLoss { get; init; }

    /// <summary>A loss that orders trials with the same metric; null if the task has none.</summary>
    internal Func<TMetrics, double>? TieLoss { get; init; }

    /// <summary>
    /// Returns why the metric is not defined on some rows with a label column, and what to do; null if it is defined, as far as can be determined.
    /// </summary>
    internal Func<IDataView, string, string?>? FaultOf { get; init; }

    /// <summary>Computes the metric of binary classification if all rows have the same label, which ML.NET does not; null if it is not defined then.</summary>
    internal Func<BinaryScores, double>? OfOneClass { get; init; }
}
