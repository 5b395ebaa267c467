namespace MlNetRnn.Sequences;

/// <summary>A batch of rows, padded to the same length, for the inputs of a network. The only place that pads.</summary>
internal sealed class PaddedBatch
{
    private PaddedBatch(int[] lengths, int steps) => (Lengths, Steps) = (lengths, steps);

    /// <summary>Token numbers, [B,T] row by row; <see cref="SpecialTokens.Padding"/> after the end of a row. Empty if the steps are frames.</summary>
    public long[] Tokens { get; private init; } = [];

    /// <summary>Frames, [B,T,F] row by row; 0 after the end of a row. Empty if the steps are tokens.</summary>
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
        int[] which = rows.ToArray();
        int steps = 0;
        for (int b = 0; b < rows.Length; b++) steps = Math.Max(steps, lengths[b] = sequences.Length(rows[b]));
        return sequences.FrameSize == 0
            ? new PaddedBatch(lengths, steps) { Tokens = Pad(rows.Length, steps, b => sequences[which[b]]) }      // [B,T]
            : new PaddedBatch(lengths, steps) { Frames = PadFrames(sequences, which, steps) };
    }

    /// <summary>Pads rows of numbers to [rows, width] with 0, which is <see cref="SpecialTokens.Padding"/>.</summary>
    public static long[] Pad(int rows, int width, RowIntegers row)
    {
        var numbers = new long[rows * width];
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<int> own = row(r);
            for (int i = 0; i < own.Length; i++) numbers[r * width + i] = own[i];
        }
        return numbers;
    }

    private static float[] PadFrames(SequenceStore sequences, int[] rows, int steps)
    {
        int width = steps * sequences.FrameSize;
        var frames = new float[rows.Length * width];   // [B,T,F]
        for (int b = 0; b < rows.Length; b++) sequences.Frames(rows[b]).CopyTo(frames.AsSpan(b * width));
        return frames;
    }
}

/// <summary>Returns the numbers of a row.</summary>
internal delegate ReadOnlySpan<int> RowIntegers(int row);
