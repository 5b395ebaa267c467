using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>
/// The predictions of a binary classifier, for the metrics that are defined if all rows have the same label. An area under a curve is not defined then, and
/// ML.NET's evaluator computes no metric at all.
/// </summary>
/// <param name="Rows">The rows.</param>
internal sealed record BinaryScores(IReadOnlyList<(bool Label, bool Predicted, float Probability)> Rows)
{
    /// <summary>The share of correct predictions.</summary>
    public double Accuracy => Rows.Average(row => row.Label == row.Predicted ? 1.0 : 0);

    /// <summary>The mean −log2 of the probability of the true label, limited as in ML.NET.</summary>
    public double LogLoss => Rows.Average(row => -Math.Log2(Math.Max(row.Label ? row.Probability : 1 - row.Probability, float.Epsilon)));

    /// <summary>The harmonic mean of precision and recall of <see langword="true"/>; 0 without a correct prediction of it.</summary>
    public double F1
    {
        get
        {
            int correct = Rows.Count(row => row.Label && row.Predicted), all = Rows.Count(row => row.Label) + Rows.Count(row => row.Predicted);
            return all == 0 ? 0 : 2.0 * correct / all;
        }
    }

    /// <summary>Computes a metric on rows of one class; returns null if the rows have both classes.</summary>
    /// <exception cref="InvalidOperationException">The metric is not defined on rows of one class.</exception>
    public static double? MetricOfOneClass(
        TaskMetric<CalibratedBinaryClassificationMetrics> metric,
        IDataView scored,
        string label = "Label",
        string predictedLabel = "PredictedLabel",
        string probability = "Probability")
    {
        if (!AreOfOneClass(scored, label)) return null;
        return metric.OfOneClass is { } value
            ? value(Of(scored, label, predictedLabel, probability))
            : throw new InvalidOperationException(
                $"Metric '{metric.Name}': expected validation rows of both classes, got rows of one in '{label}'. "
                + "Optimize accuracy or log-loss, or give validation rows of both classes.");
    }

    /// <summary>Reads scored rows.</summary>
    public static BinaryScores Of(IDataView scored, string label, string predictedLabel, string probability) =>
        new([.. scored.GetColumn<bool>(label).Zip(scored.GetColumn<bool>(predictedLabel), scored.GetColumn<float>(probability))]);

    /// <summary>Returns whether all rows have the same label.</summary>
    public static bool AreOfOneClass(IDataView rows, string label)
    {
        bool? first = null;
        foreach (bool value in rows.GetColumn<bool>(label))
            if ((first ??= value) != value) return false;
        return true;
    }
}
