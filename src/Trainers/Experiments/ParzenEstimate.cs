namespace MlNetRnn.Experiments;

/// <summary>
/// How some values of one option are spread over the interval from 0 to 1: a kernel at each value and a wide one for all that has not been seen. Kernels
/// of ordered options are normal curves cut off at the ends, as wide as the way to the next value; unordered choices are counted.
/// </summary>
internal sealed class ParzenEstimate
{
    private readonly int? _choices;
    private readonly double[] _centers;
    private readonly double[] _widths;

    /// <param name="values">The values.</param>
    /// <param name="choices">How many choices there are; null where the option is ordered.</param>
    public ParzenEstimate(IEnumerable<double> values, int? choices)
    {
        _choices = choices;
        _centers = [.. values, 0.5];
        _widths = new double[_centers.Length];
        double[] sorted = [0, .. _centers.Order(), 1];
        double least = 1.0 / Math.Min(100, _centers.Length);
        for (int i = 0; i < _centers.Length - 1; i++)
        {
            int place = Array.IndexOf(sorted, _centers[i], 1);
            _widths[i] = Math.Clamp(Math.Max(sorted[place] - sorted[place - 1], sorted[place + 1] - sorted[place]), least, 1);
        }
        _widths[^1] = 1;
    }

    public double Sample(Random random)
    {
        int kernel = random.Next(_centers.Length);
        if (_choices is { } choices)
            return kernel == _centers.Length - 1 ? (random.Next(choices) + 0.5) / choices : _centers[kernel];
        while (true)
        {
            double value = _centers[kernel] + _widths[kernel] * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (value is >= 0 and <= 1) return value;
        }
    }

    public double LogDensity(double value)
    {
        if (_choices is { } choices)
        {
            int Choice(double position) => Math.Min((int)(position * choices), choices - 1);
            return Math.Log((_centers.SkipLast(1).Count(center => Choice(center) == Choice(value)) + 1.0 / choices) / _centers.Length);
        }
        double sum = 0;
        for (int i = 0; i < _centers.Length; i++)
        {
            double z = (value - _centers[i]) / _widths[i];
            sum += Math.Exp(-z * z / 2) / (_widths[i] * (Cumulative((1 - _centers[i]) / _widths[i]) - Cumulative(-_centers[i] / _widths[i])));
        }
        return Math.Log(sum / _centers.Length);
    }

    /// <summary>Φ, by Abramowitz and Stegun 7.1.26: right to 1e-7.</summary>
    private static double Cumulative(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2), t = 1 / (1 + 0.3275911 * x);
        double tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x) / 2;
        return z < 0 ? tail : 1 - tail;
    }
}
