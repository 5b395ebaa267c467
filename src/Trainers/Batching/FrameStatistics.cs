using Microsoft.ML.Runtime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>
/// Mean and standard deviation of each component of the frames of some rows. Missing values are left out, and so are outliers: values so far away from
/// the others that a sensor that drops out is more likely than a measurement. A few of them would shrink everything that was measured to one number.
/// </summary>
/// <param name="Mean">Of each component, [F].</param>
/// <param name="Deviation">Of each component, [F].</param>
/// <param name="Limit">How many deviations from the mean values of each component may be, [F]: ten, or as many as the farthest of those that are not outliers, a rare event for one.</param>
/// <param name="Outliers">The number of outliers of each component, [F].</param>
internal sealed record FrameStatistics(float[] Mean, float[] Deviation, float[] Limit, long[] Outliers)
{
    private const float LeastLimit = 10;

    private const int Named = 5;

    /// <summary>The median of so many values, evenly spaced, is as good as that of all.</summary>
    private const int LargestSample = 1_000_000;

    /// <summary>One value in ten may be an outlier.</summary>
    private const double OrdinaryShare = 0.9;

    /// <summary>How many times as far as the ordinary values an outlier lies: 16 standard deviations of a normal distribution.</summary>
    private const double Fence = 10;

    public static FrameStatistics Of(SequenceStore sequences, IReadOnlyList<int> rows)
    {
        int size = sequences.FrameSize;
        (double Low, double High)[] fences = [.. Enumerable.Range(0, size).Select(component => FenceOf(Sample(sequences, rows, component)))];
        double[] count = new double[size], mean = new double[size], squares = new double[size];
        float[] lowest = [.. Enumerable.Repeat(float.PositiveInfinity, size)], highest = [.. Enumerable.Repeat(float.NegativeInfinity, size)];
        var outliers = new long[size];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> numbers = sequences.Frames(row);
            for (int i = 0; i < numbers.Length; i++)
            {
                if (float.IsNaN(numbers[i])) continue;
                int j = i % size;
                if (numbers[i] < fences[j].Low || numbers[i] > fences[j].High)
                {
                    outliers[j]++;
                    continue;
                }
                (lowest[j], highest[j]) = (Math.Min(lowest[j], numbers[i]), Math.Max(highest[j], numbers[i]));
                // Welford's method: no large sums that cancel each other.
                double difference = numbers[i] - mean[j];
                mean[j] += difference / ++count[j];
                squares[j] += difference * (numbers[i] - mean[j]);
            }
        }
        float[] means = [.. mean.Select(m => (float)m)], deviations = [.. squares.Zip(count, (s, n) => n > 1 ? (float)Math.Sqrt(s / n) : 0)];
        float[] limits = [.. Enumerable.Range(0, size).Select(j => deviations[j] > 0 ? Math.Max(LeastLimit, Math.Max(highest[j] - means[j], means[j] - lowest[j]) / deviations[j]) : LeastLimit)];
        return new FrameStatistics(means, deviations, limits, outliers);
    }

    /// <summary>Warns of outliers, and names the components that have most of them.</summary>
    public void Report(string column, IChannel channel)
    {
        if (Outliers.Sum() is not (> 0 and var all)) return;
        IEnumerable<string> worst = Outliers.Select((count, component) => (count, component)).Where(pair => pair.count > 0).OrderByDescending(pair => pair.count).ThenBy(pair => pair.component)
            .Take(Named).Select(pair => FormattableString.Invariant($"component {pair.component}: {pair.count}"));
        channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
            $"column '{column}': {all} numbers lie far outside the range of their component ({string.Join(", ", worst)}). They count as faults of a sensor and not for mean and deviation; in the network they are clipped"));
    }

    /// <summary>The values of a component without the missing ones.</summary>
    private static float[] Sample(SequenceStore sequences, IReadOnlyList<int> rows, int component)
    {
        long frames = rows.Sum(row => (long)sequences.Length(row)), step = 1 + (frames - 1) / LargestSample, skip = 0;
        var sample = new List<float>((int)(frames / step) + 1);
        foreach (int row in rows)
        {
            ReadOnlySpan<float> numbers = sequences.Frames(row);
            long at = skip * sequences.FrameSize + component;
            for (; at < numbers.Length; at += step * sequences.FrameSize)
                if (!float.IsNaN(numbers[(int)at])) sample.Add(numbers[(int)at]);
            skip = (at - component) / sequences.FrameSize - sequences.Length(row);
        }
        return [.. sample];
    }

    /// <summary>Beyond these bounds lie outliers: several times as far from the median as nine tenths of the values.</summary>
    private static (double Low, double High) FenceOf(float[] values)
    {
        if (values.Length == 0) return (0, 0);
        Array.Sort(values);
        float median = values[values.Length / 2];
        float[] distances = Array.ConvertAll(values, value => Math.Abs(value - median));
        Array.Sort(distances);
        // A component that is nearly always the same is judged by the values that differ: rare events are what it is there for.
        int same = Math.Max(0, Array.FindIndex(distances, distance => distance > 0));
        float ordinary = distances[(int)((distances.Length - 1) * OrdinaryShare)];
        if (ordinary == 0) ordinary = distances[same + (int)((distances.Length - 1 - same) * OrdinaryShare)];
        return (median - Fence * ordinary, median + Fence * ordinary);
    }
}
