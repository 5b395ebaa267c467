using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>What an experiment of multiclass classification can optimize.</summary>
public static class ClassificationMetric
{
    /// <summary>The share of the rows whose class is right.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> MicroAccuracy { get; } = new("micro accuracy", true, metrics => metrics.MicroAccuracy) { TieLoss = metrics => metrics.LogLoss };

    /// <summary>The share of the rows that is right, averaged over the classes.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> MacroAccuracy { get; } = new("macro accuracy", true, metrics => metrics.MacroAccuracy) { TieLoss = metrics => metrics.LogLoss };

    /// <summary>The mean −log of the probability of the true class, in nats.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> LogLoss { get; } = new("log-loss", false, metrics => metrics.LogLoss) { ComparesLoss = true };

    /// <summary>How much of the log-loss of the class frequencies is gone; 1 is perfect.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> LogLossReduction { get; } = new("log-loss reduction", true, metrics => metrics.LogLossReduction) { ComparesLoss = true };
}
