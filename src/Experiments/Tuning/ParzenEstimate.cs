namespace MlNetRnn.Experiments;

/// <summary>
/// A density of points in the unit cube: a kernel at each point, and a uniform one for unseen regions. A kernel is a product over the options. For ordinal
/// options, it is a mixture of a narrow and a wide truncated normal distribution, so that a neighbor differs a little in most options and much in some.
/// Other choices mostly keep their value, and are otherwise drawn uniformly.
/// </summary>
internal sealed class ParzenEstimate(IReadOnlyList<double[]> points, IReadOnlyList<SearchDimension> dimensions)
{
    private const double Narrow = 0.05;
    private const double Wide = 0.3;

    /// <summary>The probability that a choice that is not ordinal keeps its value.</summary>
    private const double Keeps = 0.8;

    /// <summary>Whether the density is uniform.</summary>
    public bool IsEmpty => points.Count == 0;

    public double[] Sample(Random random)
    {
        int kernel = random.Next(points.Count + 1);
        return [.. dimensions.Select((dimension, d) => kernel == points.Count ? random.NextDouble() : Near(points[kernel][d], dimension, random))];
    }

    public double LogDensity(double[] point) =>
        Math.Log((1 + points.Sum(center => Math.Exp(LogKernel(point, center)))) / (points.Count + 1));

    private double LogKernel(double[] point, double[] center) => dimensions.Select((dimension, d) => LogKernel(point[d], center[d], dimension)).Sum();

    private static double Near(double center, SearchDimension dimension, Random random)
    {
        if (!dimension.IsOrdinal) return random.NextDouble() < Keeps ? center : random.NextDouble();
        double width = AtLeastHalfAChoice(random.NextDouble() < 0.5 ? Narrow : Wide, dimension);
        while (true)
        {
            double value = center + width * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (value is >= 0 and <= 1) return value;
        }
    }

    private static double LogKernel(double value, double center, SearchDimension dimension) => Math.Log(dimension.IsOrdinal
        ? (Normal(value, center, AtLeastHalfAChoice(Narrow, dimension)) + Normal(value, center, AtLeastHalfAChoice(Wide, dimension))) / 2
        : 1 - Keeps + (Equals(dimension.ValueAt(value), dimension.ValueAt(center)) ? Keeps * dimension.Choices!.Count : 0));

    /// <summary>Returns a width with which neighboring choices are probable.</summary>
    private static double AtLeastHalfAChoice(double width, SearchDimension dimension) =>
        dimension.Choices is { } choices ? Math.Max(width, 0.5 / choices.Count) : width;

    private static double Normal(double value, double center, double width)
    {
        double z = (value - center) / width, inside = Cumulative((1 - center) / width) - Cumulative(-center / width);
        return Math.Exp(-z * z / 2) / (width * Math.Sqrt(2 * Math.PI) * inside);
    }

    /// <summary>Computes Φ by Abramowitz and Stegun 7.1.26, with an error below 1e-7.</summary>
    private static double Cumulative(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2), t = 1 / (1 + 0.3275911 * x);
        double tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x) / 2;
        return z < 0 ? tail : 1 - tail;
    }
}
