using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>
/// Rows of different length without any padding: sorted from long to short, their first tokens one after another, then their second
/// tokens, and so on. Step t holds the rows that have a token t, always the first <see cref="RowsAt"/>[t] of the sorted rows.
/// N is the number of tokens, B of rows, T of steps.
/// </summary>
internal sealed class PackedBatch
{
    private PackedBatch(int[] rows, int[] tokens, int[] lengths, int[] offsets, int[] rowsAt) =>
        (Rows, Tokens, Lengths, Offsets, RowsAt) = (rows, tokens, lengths, offsets, rowsAt);

    /// <summary>Which sequence each of the sorted rows is, [B].</summary>
    public int[] Rows { get; }

    /// <summary>Token numbers, [N].</summary>
    public int[] Tokens { get; }

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
        var tokens = new int[total];
        for (int b = 0; b < rows.Length; b++)
        {
            ReadOnlySpan<int> sequence = sequences[rows[b]];
            for (int t = 0; t < sequence.Length; t++) tokens[offsets[t] + b] = sequence[t];
        }
        return new PackedBatch(rows, tokens, lengths, offsets, rowsAt);
    }
}
