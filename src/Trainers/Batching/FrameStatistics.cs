using Microsoft.ML.Runtime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>Mean and standard deviation of each frame component over some rows.</summary>
/// <remarks>
/// Missing values are excluded, and so are outliers: values so far from the others that a sensor failure is more likely than a measurement. A few of them would
/// otherwise compress all measured values to nearly the same number.
/// </remarks>
/// <param name="Mean">Mean of each component, [F].</param>
/// <param name="Deviation">Standard deviation of each component, [F].</param>
/// <param name="Limit">
/// Maximum distance from the mean of each component, in deviations, [F]: ten, or the distance of the farthest value that is not an outlier, such as a rare
/// event.
/// </param>
/// <param name="Outliers">Number of outliers of each component, [F].</param>
internal sealed record FrameStatistics(float[] Mean, float[] Deviation, float[] Limit, long[] Outliers)
{
    private const float MinimumLimit = 10;

    /// <summary>Number of components that a warning names.</summary>
    private const int Named = 5;

    public static FrameStatistics Of(SequenceStore sequences, IReadOnlyList<int> rows)
    {
        int size = sequences.FrameSize;
        OutlierFence[] fences = OutlierFence.Of(sequences, rows);
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
                if (fences[j].IsOutlier(numbers[i]))
                {
                    outliers[j]++;
                    continue;
                }
                (lowest[j], highest[j]) = (Math.Min(lowest[j], numbers[i]), Math.Max(highest[j], numbers[i]));
                // Welford's method avoids the cancellation of large sums.
                double difference = numbers[i] - mean[j];
                mean[j] += difference / ++count[j];
                squares[j] += difference * (numbers[i] - mean[j]);
            }
        }
        float[] means = [.. mean.Select(m => (float)m)], deviations = [.. squares.Zip(count, (s, n) => n > 1 ? (float)Math.Sqrt(s / n) : 0)];
        float[] limits = [.. Enumerable.Range(0, size).Select(j =>
            deviations[j] > 0 ? Math.Max(MinimumLimit, Math.Max(highest[j] - means[j], means[j] - lowest[j]) / deviations[j]) : MinimumLimit)];
        return new FrameStatistics(means, deviations, limits, outliers);
    }

    /// <summary>Logs a warning about outliers that names the components with the largest number of them.</summary>
    public void Report(string column, IChannel channel)
    {
        if (Outliers.Sum() is not (> 0 and var all)) return;
        IEnumerable<string> worst = Outliers.Select((count, component) => (count, component))
            .Where(pair => pair.count > 0)
            .OrderByDescending(pair => pair.count)
            .ThenBy(pair => pair.component)
            .Take(Named)
            .Select(pair => FormattableString.Invariant($"component {pair.component}: {pair.count}"));
        channel.Warning(MessageSensitivity.None, FormattableString.Invariant($"column '{column}': {all} numbers are outliers of their component ")
            + $"({string.Join(", ", worst)}). They are excluded from mean and deviation, and the network clips them");
    }
}
