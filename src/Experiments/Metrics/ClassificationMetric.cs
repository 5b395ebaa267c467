using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>The metrics of multiclass classification that an experiment can optimize.</summary>
public static class ClassificationMetric
{
    /// <summary>The share of correct predictions.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> MicroAccuracy { get; } =
        new("micro accuracy", true, metrics => metrics.MicroAccuracy) { TieLoss = metrics => metrics.LogLoss };

    /// <summary>The share of correct predictions for each class, averaged over the classes.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> MacroAccuracy { get; } =
        new("macro accuracy", true, metrics => metrics.MacroAccuracy) { TieLoss = metrics => metrics.LogLoss };

    /// <summary>The mean −log of the probability of the true class, in nats.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> LogLoss { get; } = new("log-loss", false, metrics => metrics.LogLoss) { ComparesLoss = true };

    /// <summary>The relative reduction of the log-loss, compared with predicting the class frequencies; 1 is perfect.</summary>
    public static TaskMetric<MulticlassClassificationMetrics> LogLossReduction { get; } =
        new("log-loss reduction", true, metrics => metrics.LogLossReduction) { ComparesLoss = true };
}
