namespace MlNetRnn.Training;

/// <summary>Golden-section search for a minimum (Kiefer, 1953).</summary>
internal static class GoldenSection
{
    private const int Steps = 40;
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Returns the argument at which a function with a single minimum is least.</summary>
    public static double Minimum(double low, double high, Func<double, double> function)
    {
        double left = high - Ratio * (high - low), right = low + Ratio * (high - low);
        (double atLeft, double atRight) = (function(left), function(right));
        for (int i = 0; i < Steps; i++)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - Ratio * (high - low);
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + Ratio * (high - low);
                atRight = function(right);
            }
        }
        return (low + high) / 2;
    }
}
