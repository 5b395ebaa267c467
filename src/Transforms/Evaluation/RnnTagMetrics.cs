namespace MlNetRnn;

/// <summary>How well one tag, or one type of span, is found.</summary>
/// <remarks>Where a ratio has no meaning, because nothing was predicted or nothing was there to be found, it is 0, as conlleval has it.</remarks>
public sealed class RnnTagMetrics
{
    internal RnnTagMetrics(long support, long predicted, long correct) => (Support, Predicted, Correct) = (support, predicted, correct);

    /// <summary>How many there are in the labels.</summary>
    public long Support { get; }

    /// <summary>How many were predicted.</summary>
    public long Predicted { get; }

    /// <summary>How many of those predicted are right.</summary>
    public long Correct { get; }

    /// <summary>The share of those predicted that is right: 0 to 1.</summary>
    public double Precision => Ratio(Correct, Predicted);

    /// <summary>The share of those in the labels that was found: 0 to 1.</summary>
    public double Recall => Ratio(Correct, Support);

    /// <summary>The harmonic mean of precision and recall: 0 to 1.</summary>
    public double F1 => Ratio(2 * Correct, Predicted + Support);

    /// <summary>The metrics in one line, with a point in numbers whatever the culture.</summary>
    public override string ToString() => FormattableString.Invariant($"precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}, support {Support}");

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
