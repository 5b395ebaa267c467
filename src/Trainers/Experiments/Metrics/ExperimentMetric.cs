using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>What an experiment optimises.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsMaximize">Whether higher is better.</param>
/// <param name="Evaluate">Measures scored rows: the number, and all metrics of the task where there are more.</param>
/// <param name="ComparesLoss">Whether running trials are compared by their validation loss.</param>
internal sealed record ExperimentMetric(string Name, bool IsMaximize, Func<MLContext, IDataView, (double Value, object? Metrics)> Evaluate, bool ComparesLoss = false)
{
    /// <summary>A point of the curve by which running trials are compared, higher is better; null where the trainer has not validated.</summary>
    public double? CurveAt(RnnTrainingProgress progress) => ComparesLoss ? -progress.ValidationLoss : progress.ValidationMetric;
}
