using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>The metric that an experiment optimizes.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="IsMaximize">Whether a higher metric is better.</param>
/// <param name="Evaluate">Computes the metric of a model on validation rows.</param>
/// <param name="ComparesLoss">Whether running trials are compared by their validation loss.</param>
/// <param name="FaultOf">Returns why the metric is not defined on some rows, and what to do; null if it is defined.</param>
internal sealed record ExperimentMetric(
    string Name,
    bool IsMaximize,
    Func<MLContext, ITransformer, IDataView, Measured> Evaluate,
    bool ComparesLoss = false,
    Func<IDataView, string?>? FaultOf = null)
{
    /// <summary>The point of the curve by which running trials are compared, higher is better; null if the trainer has not validated.</summary>
    public double? CurveAt(RnnTrainingProgress progress) => ComparesLoss ? -progress.ValidationLoss : progress.ValidationMetric;

    /// <summary>Creates a metric of a task whose evaluator needs the model.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="evaluate">Computes the metrics of a model on rows.</param>
    public static ExperimentMetric OfModel<TMetrics>(TaskMetric<TMetrics> metric, Func<MLContext, ITransformer, IDataView, TMetrics> evaluate) => new(
        metric.Name,
        metric.IsMaximize,
        (context, model, rows) =>
        {
            TMetrics all = evaluate(context, model, rows);
            return new Measured(metric.Value(all), all);
        },
        metric.ComparesLoss);

    /// <summary>Creates a metric of a task whose evaluator needs scored rows.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="label">The label column; null if it is not known.</param>
    /// <param name="evaluate">Computes the metrics of scored rows.</param>
    /// <param name="special">Computes the metric of rows that the evaluator rejects. Null, or a null result, if the evaluator accepts the rows.</param>
    public static ExperimentMetric Of<TMetrics>(
        TaskMetric<TMetrics> metric, string? label, Func<MLContext, IDataView, TMetrics> evaluate, Func<IDataView, double?>? special = null) => new(
        metric.Name,
        metric.IsMaximize,
        (context, model, rows) =>
        {
            IDataView scored = model.Transform(rows);
            if (special?.Invoke(scored) is { } value) return new Measured(value, null);
            TMetrics all = evaluate(context, scored);
            return new Measured(metric.Value(all), all) { TieLoss = metric.TieLoss?.Invoke(all) };
        },
        metric.ComparesLoss,
        label is null || metric.FaultOf is not { } fault ? null : rows => fault(rows, label));
}
