using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>One number out of the metrics of a task.</summary>
/// <typeparam name="TMetrics">All metrics of the task, as its evaluator gives them.</typeparam>
/// <param name="Name">What it is called in tables and reports.</param>
/// <param name="IsMaximize">Whether higher is better.</param>
/// <param name="Value">Takes the number out.</param>
public sealed record TaskMetric<TMetrics>(string Name, bool IsMaximize, Func<TMetrics, double> Value)
{
    /// <summary>
    /// Whether trials that are running are compared by the loss on the validation rows instead of by what the trainer counts (accuracy, span F1): for metrics
    /// that are such a loss.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ComparesLoss { get; init; }

    /// <summary>A loss that decides between trials of the same value; null where the task has none.</summary>
    internal Func<TMetrics, double>? TieLoss { get; init; }

    /// <summary>Why the metric has no value on some rows, given their label column, and what to do; null where it has one, as far as can be seen.</summary>
    internal Func<IDataView, string, string?>? FaultOf { get; init; }

    /// <summary>The metric of binary classification where all rows are of one class, which ML.NET refuses to measure; null where it has no value then.</summary>
    internal Func<BinaryScores, double>? OfOneClass { get; init; }
}
