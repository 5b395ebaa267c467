using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>The metrics of binary classification that an experiment can optimize.</summary>
public static class BinaryClassificationMetric
{
    /// <summary>The share of correct predictions.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> Accuracy { get; } =
        new("accuracy", true, metrics => metrics.Accuracy) { TieLoss = metrics => metrics.LogLoss, OfOneClass = scores => scores.Accuracy };

    /// <summary>
    /// The area under the ROC curve: the probability that a row with the label <see langword="true"/> has a higher score than one with <see
    /// langword="false"/>.
    /// </summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> AreaUnderRocCurve { get; } =
        new("area under the ROC curve", true, metrics => metrics.AreaUnderRocCurve) { TieLoss = metrics => metrics.LogLoss, FaultOf = MetricFaults.OfArea };

    /// <summary>The area under the precision-recall curve.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> AreaUnderPrecisionRecallCurve { get; } =
        new("area under the precision-recall curve", true, metrics => metrics.AreaUnderPrecisionRecallCurve)
        {
            TieLoss = metrics => metrics.LogLoss,
            FaultOf = MetricFaults.OfArea,
        };

    /// <summary>The harmonic mean of precision and recall of <see langword="true"/>.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> F1Score { get; } =
        new("F1", true, metrics => metrics.F1Score) { TieLoss = metrics => metrics.LogLoss, OfOneClass = scores => scores.F1 };

    /// <summary>The mean −log2 of the probability of the true label, in bits.</summary>
    public static TaskMetric<CalibratedBinaryClassificationMetrics> LogLoss { get; } =
        new("log-loss", false, metrics => metrics.LogLoss) { ComparesLoss = true, OfOneClass = scores => scores.LogLoss };
}
