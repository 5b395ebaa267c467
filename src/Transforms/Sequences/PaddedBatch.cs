namespace MlNetRnn.Sequences;

/// <summary>Rows of different length in one rectangle, as a network's inputs. The only place that pads.</summary>
internal sealed class PaddedBatch
{
    private PaddedBatch(int[] lengths, int steps) => (Lengths, Steps) = (lengths, steps);

    /// <summary>Token numbers, [B,T] row by row; <see cref="SpecialTokens.Padding"/> after the end of a row. Empty where the steps are frames.</summary>
    public long[] Tokens { get; private init; } = [];

    /// <summary>Frames, [B,T,F] row by row; 0 after the end of a row. Empty where the steps are tokens.</summary>
    public float[] Frames { get; private init; } = [];

    /// <summary>The true length of each row, [B]; at least 1.</summary>
    public int[] Lengths { get; }

    /// <summary>B.</summary>
    public int Rows => Lengths.Length;

    /// <summary>T: the length of the longest row.</summary>
    public int Steps { get; }

    public static PaddedBatch From(SequenceStore sequences, ReadOnlySpan<int> rows)
    {
        var lengths = new int[rows.Length];
        int steps = 0;
        for (int b = 0; b < rows.Length; b++) steps = Math.Max(steps, lengths[b] = sequences.Length(rows[b]));
        return sequences.FrameSize == 0
            ? new PaddedBatch(lengths, steps) { Tokens = PadTokens(sequences, rows, steps) }
            : new PaddedBatch(lengths, steps) { Frames = PadFrames(sequences, rows, steps) };
    }

    private static long[] PadTokens(SequenceStore sequences, ReadOnlySpan<int> rows, int steps)
    {
        var tokens = new long[rows.Length * steps];    // [B,T]; Padding is 0
        for (int b = 0; b < rows.Length; b++)
        {
            ReadOnlySpan<int> row = sequences[rows[b]];
            for (int t = 0; t < row.Length; t++) tokens[b * steps + t] = row[t];
        }
        return tokens;
    }

    private static float[] PadFrames(SequenceStore sequences, ReadOnlySpan<int> rows, int steps)
    {
        int width = steps * sequences.FrameSize;
        var frames = new float[rows.Length * width];   // [B,T,F]
        for (int b = 0; b < rows.Length; b++) sequences.Frames(rows[b]).CopyTo(frames.AsSpan(b * width));
        return frames;
    }
}
