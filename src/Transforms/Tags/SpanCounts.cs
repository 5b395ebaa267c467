namespace MlNetRnn.Tags;

/// <summary>Numbers of spans.</summary>
/// <param name="Support">The spans in the true tags.</param>
/// <param name="Predicted">The spans in the predicted tags.</param>
/// <param name="Correct">The predicted spans that are correct.</param>
internal readonly record struct SpanCounts(long Support, long Predicted, long Correct)
{
    /// <summary>The harmonic mean of precision and recall; 0 without spans.</summary>
    public double F1 => Support + Predicted == 0 ? 0 : 2.0 * Correct / (Support + Predicted);

    public static SpanCounts operator +(SpanCounts a, SpanCounts b) => new(a.Support + b.Support, a.Predicted + b.Predicted, a.Correct + b.Correct);
}
