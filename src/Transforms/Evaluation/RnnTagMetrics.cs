using MlNetRnn.Tags;

namespace MlNetRnn;

/// <summary>Metrics of one tag or one span type.</summary>
/// <remarks>A fraction without a denominator (nothing was predicted, or the labels contain nothing) is 0, as in conlleval.</remarks>
public sealed class RnnTagMetrics
{
    internal RnnTagMetrics(long support, long predicted, long correct) => (Support, Predicted, Correct) = (support, predicted, correct);

    /// <summary>The number of occurrences in the labels.</summary>
    public long Support { get; }

    /// <summary>The number of predictions.</summary>
    public long Predicted { get; }

    /// <summary>The number of correct predictions.</summary>
    public long Correct { get; }

    /// <summary>The fraction of predictions that are correct: 0 to 1.</summary>
    public double Precision => Ratio(Correct, Predicted);

    /// <summary>The fraction of occurrences in the labels that were predicted: 0 to 1.</summary>
    public double Recall => Ratio(Correct, Support);

    /// <summary>The harmonic mean of precision and recall: 0 to 1.</summary>
    public double F1 => new SpanCounts(Support, Predicted, Correct).F1;

    /// <summary>Returns the metrics in one line. Independent of the culture.</summary>
    public override string ToString() => FormattableString.Invariant($"precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}, support {Support}");

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
