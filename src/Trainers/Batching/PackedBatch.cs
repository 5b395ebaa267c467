using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>
/// Rows of different length without any padding: sorted from long to short, their first tokens one after another, then their second
/// tokens, and so on. Step t holds the rows that have a token t, always the first <see cref="RowsAt"/>[t] of the sorted rows.
/// N is the number of tokens or frames, B of rows, T of steps.
/// </summary>
internal sealed class PackedBatch
{
    private PackedBatch(int[] rows, int count, int[] lengths, int[] offsets, int[] rowsAt) =>
        (Rows, Count, Lengths, Offsets, RowsAt) = (rows, count, lengths, offsets, rowsAt);

    /// <summary>Which sequence each of the sorted rows is, [B].</summary>
    public int[] Rows { get; }

    /// <summary>N: the steps of all rows.</summary>
    public int Count { get; }

    /// <summary>Token numbers, [N]; empty where the steps are frames.</summary>
    public int[] Tokens { get; private set; } = [];

    /// <summary>Frames, [N,F]; empty where the steps are tokens.</summary>
    public float[] Frames { get; private set; } = [];

    /// <summary>The lengths of the sorted rows, [B], descending.</summary>
    public int[] Lengths { get; }

    /// <summary>Where each step begins, [T].</summary>
    public int[] Offsets { get; }

    /// <summary>How many rows each step has, [T], descending.</summary>
    public int[] RowsAt { get; }

    public int Steps => RowsAt.Length;

    /// <summary>Where token <paramref name="step"/> of sorted row <paramref name="row"/> lies.</summary>
    public int Position(int row, int step) => Offsets[step] + row;

    public static PackedBatch From(SequenceStore sequences, ReadOnlySpan<int> which)
    {
        int[] rows = which.ToArray();
        Array.Sort(rows, (a, b) => sequences.Length(b).CompareTo(sequences.Length(a)) is var c && c != 0 ? c : a.CompareTo(b));
        int[] lengths = Array.ConvertAll(rows, sequences.Length);
        int steps = lengths[0];
        var offsets = new int[steps];
        var rowsAt = new int[steps];
        int total = 0;
        for (int t = 0, count = rows.Length; t < steps; t++)
        {
            while (lengths[count - 1] <= t) count--;
            (offsets[t], rowsAt[t]) = (total, count);
            total += count;
        }
        var batch = new PackedBatch(rows, total, lengths, offsets, rowsAt);
        if (sequences.FrameSize == 0) batch.Tokens = batch.Pack(b => sequences[rows[b]], 1);
        else batch.Frames = batch.Pack(b => sequences.Frames(rows[b]), sequences.FrameSize);
        return batch;
    }

    private delegate ReadOnlySpan<T> RowOf<T>(int row);

    private T[] Pack<T>(RowOf<T> row, int width)
    {
        var packed = new T[Count * width];
        for (int b = 0; b < Rows.Length; b++)
        {
            ReadOnlySpan<T> steps = row(b);
            for (int t = 0; t < Lengths[b]; t++) steps.Slice(t * width, width).CopyTo(packed.AsSpan(Position(b, t) * width));
        }
        return packed;
    }
}
