namespace MlNetRnn.Modules;

/// <summary>How much of the gradient reaches a state, by the distance of its step from the end of the row (lecture row L18).</summary>
internal sealed class GradientFlow
{
    /// <summary>Additional steps are not looked at.</summary>
    public const int MaximumDistance = 1000;

    private readonly double[] _sums = new double[MaximumDistance];
    private readonly long[] _counts = new long[MaximumDistance];

    /// <param name="distance">Steps from the end of the row.</param>
    /// <param name="norm">The norm of ∂L/∂h_t.</param>
    public void Add(int distance, double norm)
    {
        if (distance >= MaximumDistance) return;
        _sums[distance] += norm;
        _counts[distance]++;
    }

    /// <summary>The mean norm at each distance since the last call.</summary>
    public double[] Take()
    {
        double[] means = [.. _sums.Zip(_counts, (sum, count) => sum / count).TakeWhile(mean => !double.IsNaN(mean))];
        Array.Clear(_sums);
        Array.Clear(_counts);
        return means;
    }
}
