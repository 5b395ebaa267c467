namespace MlNetRnn.Batching;

/// <summary>
/// Cuts an epoch into batches of rows of similar length, in another random order every time: the rows are shuffled, pools of
/// <see cref="BatchesPerPool"/> batches are sorted by length and cut, and the batches are shuffled again.
/// </summary>
internal static class LengthBuckets
{
    /// <summary>Large enough for rows of nearly equal length, small enough for batches to differ from epoch to epoch.</summary>
    public const int BatchesPerPool = 50;

    /// <summary>
    /// No batch has more tokens, unless a single row has: it bounds the memory of a step, and every buffer stays below the two gigabytes that
    /// libtorch's memory can be addressed in. Rows of ordinary text never come near it.
    /// </summary>
    public const int MaximumTokens = 16_384;

    /// <param name="rows">The rows of an epoch; they are left as they are.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="batchSize">Rows a batch; the last one of a pool may have fewer.</param>
    /// <param name="random">The random numbers of the training run.</param>
    public static List<int[]> Cut(IReadOnlyList<int> rows, Func<int, int> length, int batchSize, Random random)
    {
        int[] order = [.. rows];
        random.Shuffle(order);
        var batches = new List<int[]>();
        foreach (int[] pool in order.Chunk((int)Math.Min((long)batchSize * BatchesPerPool, int.MaxValue)))
        {
            // Array.Sort is not stable: the place in the pool breaks ties.
            (int Length, int Place)[] keys = [.. pool.Select((row, place) => (length(row), place))];
            Array.Sort(keys, pool);
            batches.AddRange(Cut(pool, length, batchSize));
        }
        int[][] shuffled = [.. batches];
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    /// <summary>Cuts rows, in their order, into batches of at most so many rows and <see cref="MaximumTokens"/> tokens.</summary>
    public static IEnumerable<int[]> Cut(IEnumerable<int> rows, Func<int, int> length, int batchSize)
    {
        var batch = new List<int>();
        long tokens = 0;
        foreach (int row in rows)
        {
            tokens += length(row);
            if (batch.Count > 0 && (batch.Count == batchSize || tokens > MaximumTokens))
            {
                yield return [.. batch];
                batch.Clear();
                tokens = length(row);
            }
            batch.Add(row);
        }
        if (batch.Count > 0) yield return [.. batch];
    }
}
