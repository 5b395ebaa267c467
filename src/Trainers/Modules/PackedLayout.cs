using MlNetRnn.Batching;

namespace MlNetRnn.Modules;

/// <summary>Maps the tokens of a packed batch to positions in a padded one, for libtorch operators that require a rectangle.</summary>
internal static class PackedLayout
{
    /// <summary>Returns the row of each token, [N].</summary>
    public static long[] Rows(PackedBatch batch) => Fill(batch, new long[batch.Count], (rows, b, _, n) => rows[n] = b);

    /// <summary>Returns the position of each token in the rectangle [T,B], [N].</summary>
    public static long[] Places(PackedBatch batch) =>
        Fill(batch, new long[batch.Count], (places, b, t, n) => places[n] = (long)t * batch.Rows.Length + b);

    /// <summary>Returns the token at each position of the rectangle, [T·B]; N, one beyond the last token, after the end of a row.</summary>
    public static long[] Tokens(PackedBatch batch)
    {
        var tokens = new long[batch.Steps * batch.Rows.Length];
        Array.Fill(tokens, batch.Count);
        return Fill(batch, tokens, (filled, b, t, n) => filled[t * batch.Rows.Length + b] = n);
    }

    /// <summary>Returns the index of each row among the sorted rows, [B].</summary>
    public static long[] Inverse(PackedBatch batch)
    {
        var inverse = new long[batch.Rows.Length];
        for (int b = 0; b < batch.Rows.Length; b++) inverse[batch.Rows[b]] = b;
        return inverse;
    }

    private static long[] Fill(PackedBatch batch, long[] target, Action<long[], int, int, int> set)
    {
        for (int t = 0; t < batch.Steps; t++)
            for (int b = 0; b < batch.RowsAt[t]; b++) set(target, b, t, batch.Position(b, t));
        return target;
    }
}
