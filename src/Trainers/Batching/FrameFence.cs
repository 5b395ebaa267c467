using MlNetRnn.Sequences;


namespace MlNetRnn.Batching;

/// <summary>
/// What separates the outliers of a component from its other values. They lie beyond a gap: nothing is there between the others and eight times their distance from the
/// median. Values that thin out without a gap (amounts of rain, counts) are no outliers, unless they are one in a hundred at most and lie 64 times as far as nine tenths of all, or more
/// than a thousand times as far.
/// </summary>
/// <param name="Median">Of the component, about.</param>
/// <param name="Distance">From so far on a value is an outlier.</param>
internal readonly record struct FrameFence(float Median, double Distance)
{
    /// <summary>The median of so many values, spread over all, is as good as that of all.</summary>
    private const int SampleSize = 100_000;

    /// <summary>One value in ten may be an outlier.</summary>
    private const double OrdinaryShare = 0.9;

    /// <summary>How many powers of two in a row have no distance between them in a gap.</summary>
    private const int Gap = 3;

    /// <summary>So many powers of two beyond the ordinary values, everything is an outlier; what is rare, sooner.</summary>
    private const int Far = 10, FarForRare = 6;

    private const double RareShare = 0.01;

    /// <summary>The powers of two that a distance may lie above: from the smallest number of single precision to twice the largest.</summary>
    private const int Lowest = -149, Powers = 129 - Lowest;

    /// <summary>Whether a value is an outlier.</summary>
    public bool LeavesOut(float value) => Math.Abs((double)value - Median) >= Distance;

    /// <summary>The fence of each component, [F].</summary>
    public static FrameFence[] Of(SequenceStore sequences, IReadOnlyList<int> rows)
    {
        int size = sequences.FrameSize;
        float[] medians = Medians(sequences, rows);
        // How many distances lie above each power of two, and how many are 0.
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
        return [.. Enumerable.Range(0, size).Select(j => new FrameFence(medians[j], DistanceOf(above[j], zero[j])))];
    }

    private static double DistanceOf(long[] above, long zero)
    {
        long different = above.Sum();
        if (different == 0) return double.PositiveInfinity;
        // A component that is nearly always the same is judged by the values that differ: rare events are what it is there for.
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

    /// <summary>The place of the largest ordinary one of so many distances, counted from 1.</summary>
    private static long Rank(long count) => 1 + (long)(OrdinaryShare * (count - 1));

    /// <summary>The median of each component, of values at irregular distances, so that a period in the data does not hide a part of them; the same ones each time.</summary>
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
