using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>What an experiment optimizes.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="IsMaximize">Whether higher is better.</param>
/// <param name="Evaluate">Measures scored rows.</param>
/// <param name="ComparesLoss">Whether running trials are compared by their validation loss.</param>
/// <param name="FaultOf">Why it has no value on some rows, and what to do; null where it has one.</param>
internal sealed record ExperimentMetric(string Name, bool IsMaximize, Func<MLContext, IDataView, Measured> Evaluate, bool ComparesLoss = false, Func<IDataView, string?>? FaultOf = null)
{
    /// <summary>A point of the curve by which running trials are compared, higher is better; null where the trainer has not validated.</summary>
    public double? CurveAt(RnnTrainingProgress progress) => ComparesLoss ? -progress.ValidationLoss : progress.ValidationMetric;

    /// <summary>A metric of a task.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="label">The label column; null where it is not known.</param>
    /// <param name="evaluate">Measures scored rows.</param>
    /// <param name="special">Measures rows that the evaluator of the task refuses; null where it returns null, or itself is.</param>
    public static ExperimentMetric Of<TMetrics>(TaskMetric<TMetrics> metric, string? label, Func<MLContext, IDataView, TMetrics> evaluate, Func<IDataView, double?>? special = null) => new(
        metric.Name,
        metric.IsMaximize,
        (context, scored) =>
        {
            if (special?.Invoke(scored) is { } value) return new Measured(value, null);
            TMetrics all = evaluate(context, scored);
            return new Measured(metric.Value(all), all) { TieLoss = metric.TieLoss?.Invoke(all) };
        },
        metric.ComparesLoss,
        label is null || metric.FaultOf is not { } fault ? null : rows => fault(rows, label));
}

/// <summary>The result of a trial on the validation rows.</summary>
/// <param name="Value">The metric.</param>
/// <param name="Metrics">All metrics of the task where there are more.</param>
internal sealed record Measured(double Value, object? Metrics)
{
    /// <summary>A loss that decides between equal values; null where there is none.</summary>
    public double? TieLoss { get; init; }
}
