namespace MlNetRnn.Experiments;

/// <summary>
/// How points are spread over the unit cube: a kernel at each point and an even one for all that has not been seen. A kernel is a product over the options:
/// a narrow and a wide normal curve, cut off at the ends, for ordered ones, so that a neighbour differs a little in most options and much in some; unordered
/// choices keep their value mostly and are drawn evenly otherwise.
/// </summary>
internal sealed class ParzenEstimate(IReadOnlyList<double[]> points, IReadOnlyList<SearchDimension> dimensions)
{
    private const double Narrow = 0.05;
    private const double Wide = 0.3;

    /// <summary>How often an unordered choice stays as it is.</summary>
    private const double Keeps = 0.8;

    /// <summary>Whether it is even everywhere.</summary>
    public bool IsEmpty => points.Count == 0;

    public double[] Sample(Random random)
    {
        int kernel = random.Next(points.Count + 1);
        return [.. dimensions.Select((dimension, d) => kernel == points.Count ? random.NextDouble() : Near(points[kernel][d], dimension, random))];
    }

    public double LogDensity(double[] point) =>
        Math.Log((1 + points.Sum(center => Math.Exp(dimensions.Select((dimension, d) => LogKernel(point[d], center[d], dimension)).Sum()))) / (points.Count + 1));

    private static double Near(double center, SearchDimension dimension, Random random)
    {
        if (!dimension.IsOrdered) return random.NextDouble() < Keeps ? center : random.NextDouble();
        double width = AtLeastHalfAChoice(random.NextDouble() < 0.5 ? Narrow : Wide, dimension);
        while (true)
        {
            double value = center + width * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (value is >= 0 and <= 1) return value;
        }
    }

    private static double LogKernel(double value, double center, SearchDimension dimension) => Math.Log(dimension.IsOrdered
        ? (Normal(value, center, AtLeastHalfAChoice(Narrow, dimension)) + Normal(value, center, AtLeastHalfAChoice(Wide, dimension))) / 2
        : 1 - Keeps + (Equals(dimension.ValueAt(value), dimension.ValueAt(center)) ? Keeps * dimension.Choices!.Count : 0));

    /// <summary>So that the neighbour is within reach.</summary>
    private static double AtLeastHalfAChoice(double width, SearchDimension dimension) => dimension.Choices is { } choices ? Math.Max(width, 0.5 / choices.Count) : width;

    private static double Normal(double value, double center, double width)
    {
        double z = (value - center) / width, inside = Cumulative((1 - center) / width) - Cumulative(-center / width);
        return Math.Exp(-z * z / 2) / (width * Math.Sqrt(2 * Math.PI) * inside);
    }

    /// <summary>Φ, by Abramowitz and Stegun 7.1.26: right to 1e-7.</summary>
    private static double Cumulative(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2), t = 1 / (1 + 0.3275911 * x);
        double tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x) / 2;
        return z < 0 ? tail : 1 - tail;
    }
}
