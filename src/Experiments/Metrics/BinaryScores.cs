using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>What a binary classifier predicted, for the metrics that are defined where all rows are of one class: an area under a curve is not, and ML.NET's evaluator refuses to compute the others without it.</summary>
/// <param name="Rows">The rows.</param>
internal sealed record BinaryScores(IReadOnlyList<(bool Label, bool Predicted, float Probability)> Rows)
{
    /// <summary>The share of the rows that is right.</summary>
    public double Accuracy => Rows.Average(row => row.Label == row.Predicted ? 1.0 : 0);

    /// <summary>The mean −log2 of the probability of the truth, bounded as in ML.NET.</summary>
    public double LogLoss => Rows.Average(row => -Math.Log2(Math.Max(row.Label ? row.Probability : 1 - row.Probability, float.Epsilon)));

    /// <summary>The harmonic mean of precision and recall of true rows; 0 where nothing true was found.</summary>
    public double F1
    {
        get
        {
            int right = Rows.Count(row => row.Label && row.Predicted), named = Rows.Count(row => row.Label) + Rows.Count(row => row.Predicted);
            return named == 0 ? 0 : 2.0 * right / named;
        }
    }

    /// <summary>Whether all rows have the same label.</summary>
    public static bool AreOfOneClass(IDataView rows, string label)
    {
        bool? first = null;
        foreach (bool value in rows.GetColumn<bool>(label))
            if ((first ??= value) != value) return false;
        return true;
    }

    /// <summary>Reads scored rows.</summary>
    public static BinaryScores Of(IDataView scored, string label, string predictedLabel, string probability) =>
        new([.. scored.GetColumn<bool>(label).Zip(scored.GetColumn<bool>(predictedLabel), scored.GetColumn<float>(probability))]);
}
