using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>
/// Rows of different lengths without padding. The rows are sorted by descending length; their first tokens come first, then their second tokens, and so on.
/// Step t contains the rows that have a token t: the first <see cref="RowsAt"/>[t] of the sorted rows. N is the number of tokens or frames, B of rows, T of
/// steps.
/// </summary>
internal sealed class PackedBatch
{
    private PackedBatch(int[] rows, int count, int[] lengths, int[] offsets, int[] rowsAt) =>
        (Rows, Count, Lengths, Offsets, RowsAt) = (rows, count, lengths, offsets, rowsAt);

    /// <summary>Index of each of the sorted rows among the sequences, [B].</summary>
    public int[] Rows { get; }

    /// <summary>N, the total number of steps of all rows.</summary>
    public int Count { get; }

    /// <summary>Steps of each column; the main column is the first.</summary>
    public IReadOnlyList<PackedSteps> Columns { get; private set; } = [];

    /// <summary>The distinct words of the batch; null if characters are not read.</summary>
    public PackedWords? Words { get; private set; }

    /// <summary>Token numbers of the main column, [N].</summary>
    public int[] Tokens => Columns[0].Tokens;

    /// <summary>Lengths of the sorted rows, [B], descending.</summary>
    public int[] Lengths { get; }

    /// <summary>Widths of the sorted rows, [B], whose steps are the cells of grids, row by row; empty for sequences.</summary>
    public int[] Widths { get; private set; } = [];

    /// <summary>Position of the first row of each step, [T].</summary>
    public int[] Offsets { get; }

    /// <summary>Number of rows of each step, [T], descending.</summary>
    public int[] RowsAt { get; }

    public int Steps => RowsAt.Length;

    /// <summary>Returns the position of a step of a sorted row.</summary>
    public int Position(int row, int step) => Offsets[step] + row;

    /// <summary>Returns the position of the step of a sorted row that a direction reads last.</summary>
    public int LastPosition(int row, bool isForward) => Position(row, isForward ? Lengths[row] - 1 : 0);

    /// <summary>Packs rows of examples with all their columns.</summary>
    public static PackedBatch From(ExampleSet examples, ReadOnlySpan<int> which)
    {
        PackedBatch batch = From(examples.Sequences, which);
        if (examples.Additional.Count > 0) batch.Columns = [batch.Columns[0], .. examples.Additional.Select(batch.Pack)];
        if (examples.Characters is { } characters) batch.Words = PackedWords.Of(batch.Pack(b => examples.Sequences.Spelled(batch.Rows[b]), 1), characters);
        return batch;
    }

    /// <summary>Packs rows of a single column.</summary>
    public static PackedBatch From(SequenceStore sequences, ReadOnlySpan<int> which)
    {
        int[] rows = which.ToArray();
        Array.Sort(rows, (a, b) => sequences.Length(b).CompareTo(sequences.Length(a)) is var c && c != 0 ? c : a.CompareTo(b));
        PackedBatch batch = Of(rows, Array.ConvertAll(rows, sequences.Length));
        batch.Columns = [batch.Pack(sequences)];
        if (sequences.HasGrids) batch.Widths = Array.ConvertAll(rows, sequences.Width);
        return batch;
    }

    /// <summary>Packs parts of token sequences.</summary>
    /// <param name="rows">The number of each row, [B].</param>
    /// <param name="lengths">The length of each part, [B], descending.</param>
    /// <param name="part">Returns the tokens of the part of a row, given its index in <paramref name="rows"/>.</param>
    public static PackedBatch From(int[] rows, int[] lengths, RowOf<int> part)
    {
        PackedBatch batch = Of(rows, lengths);
        batch.Columns = [new PackedSteps(batch.Pack(part, 1), [])];
        return batch;
    }

    /// <summary>Returns the batch with some of the steps of each row. They must not make a row longer than one before it.</summary>
    /// <param name="kept">Returns the steps that stay, given the index among the sorted rows.</param>
    public PackedBatch WithSteps(Func<int, int[]> kept)
    {
        int[][] steps = [.. Enumerable.Range(0, Rows.Length).Select(kept)];
        PackedBatch batch = Of(Rows, Array.ConvertAll(steps, row => row.Length));
        batch.Columns = [.. Columns.Select(column => new PackedSteps(Taken(column.Tokens), Taken(column.Frames)))];
        return batch;

        T[] Taken<T>(T[] values)
        {
            int width = values.Length / Count;
            var taken = new T[batch.Count * width];
            for (int b = 0; b < steps.Length; b++)
                for (int t = 0; t < steps[b].Length; t++)
                    values.AsSpan(Position(b, steps[b][t]) * width, width).CopyTo(taken.AsSpan(batch.Position(b, t) * width));
            return taken;
        }
    }

    /// <summary>Lays out rows without values, whose lengths may have any order.</summary>
    public static PackedBatch OfLengths(IReadOnlyList<int> lengths)
    {
        int[] rows = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(row => lengths[row])];
        return Of(rows, Array.ConvertAll(rows, row => lengths[row]));
    }

    private static PackedBatch Of(int[] rows, int[] lengths)
    {
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
        return new PackedBatch(rows, total, lengths, offsets, rowsAt);
    }

    /// <summary>Packs values of each row, <paramref name="width"/> per step, in the order of the batch.</summary>
    public T[] Pack<T>(RowOf<T> row, int width)
    {
        var packed = new T[Count * width];
        for (int b = 0; b < Rows.Length; b++)
        {
            ReadOnlySpan<T> steps = row(b);
            for (int t = 0; t < Lengths[b]; t++) steps.Slice(t * width, width).CopyTo(packed.AsSpan(Position(b, t) * width));
        }
        return packed;
    }

    private PackedSteps Pack(SequenceStore store) => store.FrameSize == 0
        ? new PackedSteps(Pack(b => store[Rows[b]], 1), [])
        : new PackedSteps([], Pack(b => store.Frames(Rows[b]), store.FrameSize));
}

/// <summary>Returns the values of a row, given its index among the sorted rows.</summary>
internal delegate ReadOnlySpan<T> RowOf<T>(int row);

/// <summary>The steps of a column.</summary>
/// <param name="Tokens">Token numbers, [N]; empty if the steps are frames.</param>
/// <param name="Frames">Frames, [N,F]; empty if the steps are tokens.</param>
internal sealed record PackedSteps(int[] Tokens, float[] Frames);
