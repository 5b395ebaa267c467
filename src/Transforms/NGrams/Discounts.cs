namespace MlNetRnn.NGrams;

/// <summary>What modified Kneser-Ney smoothing subtracts from the counts of an order (Chen and Goodman, 1999).</summary>
/// <param name="One">Subtracted from the count 1.</param>
/// <param name="Two">Subtracted from the count 2.</param>
/// <param name="More">Subtracted from the count 3 and above.</param>
internal readonly record struct Discounts(double One, double Two, double More)
{
    /// <summary>The length of the argument of <see cref="Estimate"/>.</summary>
    public const int CountsOfCounts = 5;

    /// <summary>For orders with too few different counts, such as single characters.</summary>
    private static readonly Discounts Fallback = new(0.5, 1, 1.5);

    public double Of(int count) => count switch { 1 => One, 2 => Two, _ => More };

    /// <summary>Returns the discounts that the counts suggest. Each is above 0 and below its count.</summary>
    /// <param name="n">n[i] is the number of n-grams with the count i, for i from 1 to 4.</param>
    public static Discounts Estimate(ReadOnlySpan<long> n)
    {
        double y = n[1] / (n[1] + 2.0 * n[2]);
        return new Discounts(
            Or(1 - 2 * y * n[2] / n[1], 1, Fallback.One),
            Or(2 - 3 * y * n[3] / n[2], 2, Fallback.Two),
            Or(3 - 4 * y * n[4] / n[3], 3, Fallback.More));

        // NaN (0 / 0) is not between the limits.
        static double Or(double discount, int limit, double fallback) => discount > 0 && discount < limit ? discount : fallback;
    }
}
