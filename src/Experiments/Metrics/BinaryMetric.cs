using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>What an experiment of binary classification can optimize.</summary>
public static class BinaryMetric
{
    /// <summary>The share of the rows that is right.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> Accuracy { get; } = new("accuracy", true, metrics => metrics.Accuracy) { TieLoss = metrics => metrics.LogLoss, OfOneClass = scores => scores.Accuracy };

    /// <summary>The area under the ROC curve: the probability that a true row is scored above a false one.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> AreaUnderRocCurve { get; } = new("area under the ROC curve", true, metrics => metrics.AreaUnderRocCurve) { TieLoss = metrics => metrics.LogLoss, FaultOf = MetricFaults.OfArea };

    /// <summary>The area under the precision-recall curve.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> AreaUnderPrecisionRecallCurve { get; } =
        new("area under the precision-recall curve", true, metrics => metrics.AreaUnderPrecisionRecallCurve) { TieLoss = metrics => metrics.LogLoss, FaultOf = MetricFaults.OfArea };

    /// <summary>The harmonic mean of precision and recall of true rows.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> F1Score { get; } = new("F1", true, metrics => metrics.F1Score) { TieLoss = metrics => metrics.LogLoss, OfOneClass = scores => scores.F1 };

    /// <summary>The mean −log2 of the probability of the truth, in bits.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> LogLoss { get; } = new("log-loss", false, metrics => metrics.LogLoss) { ComparesLoss = true, OfOneClass = scores => scores.LogLoss };
}
