using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The boundary between the outliers of a frame component and its other values.</summary>
/// <remarks>
/// Outliers lie beyond a gap: there are no values between the other values and eight times their distance from the median. Values that become rarer without a
/// gap (amounts of rain, counts) are not outliers, unless they are at most one in a hundred and 64 times as far from the median as nine tenths of the values,
/// or more than a thousand times as far.
/// </remarks>
/// <param name="Median">Approximate median of the component.</param>
/// <param name="Distance">Smallest distance of an outlier from the median.</param>
internal readonly record struct OutlierFence(float Median, double Distance)
{
    /// <summary>Number of values for the median. The median of a sample of this size is accurate enough.</summary>
    private const int SampleSize = 100_000;

    /// <summary>Share of the values that are ordinary: at most one value in ten can be an outlier.</summary>
    private const double OrdinaryShare = 0.9;

    /// <summary>Number of consecutive powers of two without any distance that make a gap.</summary>
    private const int Gap = 3;

    /// <summary>Number of powers of two beyond the ordinary values from which on every value, or every rare value, is an outlier.</summary>
    private const int Far = 10, FarForRare = 6;

    /// <summary>Largest share of rare values.</summary>
    private const double RareShare = 0.01;

    /// <summary>Powers of two for distances: from the smallest number of single precision to twice the largest.</summary>
    private const int Lowest = -149, Powers = 129 - Lowest;

    /// <summary>Returns whether a value is an outlier.</summary>
    public bool IsOutlier(float value) => Math.Abs((double)value - Median) >= Distance;

    /// <summary>Computes the fence of each component, [F].</summary>
    public static OutlierFence[] Of(SequenceStore sequences, IReadOnlyList<int> rows)
    {
        int size = sequences.FrameSize;
        float[] medians = Medians(sequences, rows);
        // Number of distances in each power of two, and number of zero distances.
        long[][] above = [.. Enumerable.Range(0, size).Select(_ => new long[Powers])];
        var zero = new long[size];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> numbers = sequences.Frames(row);
            for (int i = 0; i < numbers.Length; i++)
            {
                if (!float.IsFinite(numbers[i])) continue;
                double distance = Math.Abs((double)numbers[i] - medians[i % size]);
                if (distance == 0) zero[i % size]++;
                else above[i % size][Math.Max(0, Math.ILogB(distance) - Lowest)]++;
            }
        }
        return [.. Enumerable.Range(0, size).Select(j => new OutlierFence(medians[j], DistanceOf(above[j], zero[j])))];
    }

    private static double DistanceOf(long[] above, long zero)
    {
        long different = above.Sum();
        if (different == 0) return double.PositiveInfinity;
        // For a component that is nearly constant, only the values that differ count: it represents rare events.
        long ordinary = Rank(different + zero) - zero;
        if (ordinary <= 0) ordinary = Rank(different);
        int power = 0;
        long seen = above[0];
        while (seen < ordinary) seen += above[++power];
        for (int empty = 0, at = power + 1; at < Powers; seen += above[at++])
        {
            empty = above[at] == 0 ? empty + 1 : 0;
            bool isRare = different - seen <= RareShare * (different + zero);
            if (empty == Gap || at - power > (isRare ? FarForRare : Far)) return Math.ScaleB(1, at + Lowest);
        }
        return double.PositiveInfinity;
    }

    /// <summary>Returns the 1-based rank of the largest ordinary distance among a number of distances.</summary>
    private static long Rank(long count) => 1 + (long)(OrdinaryShare * (count - 1));

    /// <summary>
    /// Computes the median of each component from a sample at irregular distances, so that a period in the data does not hide some of the values. The sample is
    /// the same at each call.
    /// </summary>
    private static float[] Medians(SequenceStore sequences, IReadOnlyList<int> rows)
    {
        int size = sequences.FrameSize;
        long frames = rows.Sum(row => (long)sequences.Length(row)), step = 1 + (frames - 1) / SampleSize;
        List<float>[] samples = [.. Enumerable.Range(0, size).Select(_ => new List<float>())];
        var random = new Random(1);
        long skip = 0;
        foreach (int row in rows)
        {
            ReadOnlySpan<float> numbers = sequences.Frames(row);
            long at = skip, length = sequences.Length(row);
            for (; at < length; at += random.NextInt64(1, 2 * step))
                for (int j = 0; j < size; j++)
                    if (numbers[(int)at * size + j] is var number && float.IsFinite(number)) samples[j].Add(number);
            skip = at - length;
        }
        return Array.ConvertAll(samples, MedianOf);
    }

    private static float MedianOf(List<float> values)
    {
        if (values.Count == 0) return 0;
        values.Sort();
        return values[values.Count / 2];
    }
}
