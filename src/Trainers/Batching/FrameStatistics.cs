using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>Mean and deviation of each component of the frames of some rows, missing values left out.</summary>
internal sealed record FrameStatistics(float[] Mean, float[] Deviation)
{
    public static FrameStatistics Of(SequenceStore sequences, IEnumerable<int> rows)
    {
        int size = sequences.FrameSize;
        double[] count = new double[size], mean = new double[size], squares = new double[size];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> numbers = sequences.Frames(row);
            for (int i = 0; i < numbers.Length; i++)
            {
                if (float.IsNaN(numbers[i])) continue;
                int j = i % size;
                // Welford's method: no large sums that cancel each other.
                double difference = numbers[i] - mean[j];
                mean[j] += difference / ++count[j];
                squares[j] += difference * (numbers[i] - mean[j]);
            }
        }
        return new FrameStatistics([.. mean.Select(m => (float)m)], [.. squares.Zip(count, (s, n) => n > 1 ? (float)Math.Sqrt(s / n) : 0)]);
    }
}
