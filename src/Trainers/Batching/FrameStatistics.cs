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

    public static FrameStatistics Of(SequenceStore sequences, IReadOnlyList<int> rows)
    {
        int size = sequences.FrameSize;
        FrameFence[] fences = FrameFence.Of(sequences, rows);
        double[] count = new double[size], mean = new double[size], squares = new double[size];
        float[] lowest = [.. Enumerable.Repeat(float.PositiveInfinity, size)], highest = [.. Enumerable.Repeat(float.NegativeInfinity, size)];
        var outliers = new long[size];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> numbers = sequences.Frames(row);
            for (int i = 0; i < numbers.Length; i++)
            {
                if (!float.IsFinite(numbers[i])) continue;
                int j = i % size;
                if (fences[j].LeavesOut(numbers[i]))
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
}
