namespace MlNetRnn.Modules;

/// <summary>Norms of the gradient that reaches a state, by the distance of its step from the end of the row.</summary>
internal sealed class GradientFlow
{
    /// <summary>Steps at this distance or more are ignored.</summary>
    public const int MaximumDistance = 1000;

    private readonly double[] _sums = new double[MaximumDistance];
    private readonly long[] _counts = new long[MaximumDistance];

    /// <summary>Adds a norm.</summary>
    /// <param name="distance">Distance in steps from the end of the row.</param>
    /// <param name="norm">The norm of ∂L/∂h_t.</param>
    public void Add(int distance, double norm)
    {
        if (distance >= MaximumDistance) return;
        _sums[distance] += norm;
        _counts[distance]++;
    }

    /// <summary>Returns the mean norm at each distance since the last call, and resets the sums.</summary>
    public double[] Take()
    {
        double[] means = [.. _sums.Zip(_counts, (sum, count) => sum / count).TakeWhile(mean => !double.IsNaN(mean))];
        Array.Clear(_sums);
        Array.Clear(_counts);
        return means;
    }
}
