namespace MlNetRnn.Batching;

/// <summary>
/// Divides an epoch into batches of rows of similar length, in a new random order for each epoch. The rows are shuffled, pools of <see cref="BatchesPerPool"/>
/// batches are sorted by length and divided, and the batches are shuffled again.
/// </summary>
internal static class LengthBuckets
{
    /// <summary>Number of batches per pool. Large enough for rows of nearly equal length, small enough that the batches differ from epoch to epoch.</summary>
    public const int BatchesPerPool = 50;

    /// <summary>
    /// Maximum number of tokens per batch, unless a single row has more. It limits the memory of a step and keeps every buffer below two gigabytes, the largest
    /// size that can be addressed in libtorch memory. Batches of ordinary text do not reach it.
    /// </summary>
    public const int MaximumTokens = 16_384;

    /// <summary>Divides the rows of an epoch into batches.</summary>
    /// <param name="rows">The rows of an epoch; not modified.</param>
    /// <param name="length">Returns the length of a row.</param>
    /// <param name="batchSize">Number of rows per batch; the last batch of a pool may have fewer.</param>
    /// <param name="random">Random number generator of the training run.</param>
    /// <param name="maximumTokens">Maximum number of tokens per batch, unless a single row has more.</param>
    public static List<int[]> Cut(
        IReadOnlyList<int> rows, Func<int, int> length, int batchSize, Random random, int maximumTokens = MaximumTokens)
    {
        int[] order = [.. rows];
        random.Shuffle(order);
        var batches = new List<int[]>();
        foreach (int[] pool in order.Chunk((int)Math.Min((long)batchSize * BatchesPerPool, int.MaxValue)))
        {
            // Array.Sort is not stable; the position in the pool breaks ties.
            (int Length, int Place)[] keys = [.. pool.Select((row, place) => (length(row), place))];
            Array.Sort(keys, pool);
            batches.AddRange(Cut(pool, length, batchSize, maximumTokens));
        }
        int[][] shuffled = [.. batches];
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    /// <summary>Divides rows, in their order, into batches of at most <paramref name="batchSize"/> rows and a number of tokens.</summary>
    public static IEnumerable<int[]> Cut(IEnumerable<int> rows, Func<int, int> length, int batchSize, int maximumTokens = MaximumTokens)
    {
        var batch = new List<int>();
        long tokens = 0;
        foreach (int row in rows)
        {
            tokens += length(row);
            if (batch.Count > 0 && (batch.Count == batchSize || tokens > maximumTokens))
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
