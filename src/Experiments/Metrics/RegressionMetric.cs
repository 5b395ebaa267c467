using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>The metrics of regression that an experiment can optimize.</summary>
public static class RegressionMetric
{
    /// <summary>The share of the variance that the predictions explain.</summary>
    public static TaskMetric<RegressionMetrics> RSquared { get; } = new("R²", true, metrics => metrics.RSquared) { FaultOf = MetricFaults.OfVariance };

    /// <summary>The root of the mean squared error.</summary>
    public static TaskMetric<RegressionMetrics> RootMeanSquaredError { get; } = new("root mean squared error", false, metrics => metrics.RootMeanSquaredError);

    /// <summary>The mean squared error.</summary>
    public static TaskMetric<RegressionMetrics> MeanSquaredError { get; } = new("mean squared error", false, metrics => metrics.MeanSquaredError);

    /// <summary>The mean absolute difference between prediction and true number.</summary>
    public static TaskMetric<RegressionMetrics> MeanAbsoluteError { get; } = new("mean absolute error", false, metrics => metrics.MeanAbsoluteError);
}
