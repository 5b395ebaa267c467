using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The layout of the source states of a batch: those of a row are next to each other. The rows have the order of the target batch; M is the number of all
/// source steps.
/// </summary>
/// <param name="Starts">The first source state of each row, [B].</param>
/// <param name="Lengths">The number of source states of each row, [B].</param>
internal sealed record SourceRows(int[] Starts, int[] Lengths)
{
    private static readonly Scalar Impossible = Scalars.Constant(float.NegativeInfinity);

    /// <summary>Returns the layout, and where each state is in the packed batch of the source, [M]. Rows that share a source have their own copies.</summary>
    /// <param name="source">The source batch.</param>
    /// <param name="order">For each row of the target batch, its number among the sorted rows of the source batch, [B].</param>
    public static (SourceRows Rows, long[] Places) Of(PackedBatch source, int[] order)
    {
        var starts = new int[order.Length];
        int[] lengths = Array.ConvertAll(order, row => source.Lengths[row]);
        var places = new long[lengths.Sum()];
        int next = 0;
        for (int b = 0; b < order.Length; b++)
        {
            starts[b] = next;
            for (int t = 0; t < lengths[b]; t++) places[next++] = source.Position(order[b], t);
        }
        return (new SourceRows(starts, lengths), places);
    }

    /// <summary>Returns the first source weights of each token of a target batch, [N], and the number of weights of all tokens.</summary>
    /// <param name="target">The target batch, which may have fewer rows.</param>
    public (int[] Offsets, int Count) WeightsOf(PackedBatch target)
    {
        var offsets = new int[target.Count];
        int next = 0;
        for (int b = 0; b < target.Rows.Length; b++)
            for (int t = 0; t < target.Lengths[b]; t++, next = checked(next + Lengths[b])) offsets[target.Position(b, t)] = next;
        return (offsets, next);
    }

    /// <summary>Returns source vectors as a rectangle, padded with 0, for libtorch operators.</summary>
    /// <param name="vectors">[M,W]</param>
    /// <param name="rows">The number of the first rows that are wanted.</param>
    /// <returns>[b,S,W]</returns>
    public Tensor Padded(Tensor vectors, int rows)
    {
        int longest = Lengths[..rows].Max();
        var places = new long[rows * longest];
        for (int b = 0; b < rows; b++)
            for (int s = 0; s < longest; s++) places[b * longest + s] = s < Lengths[b] ? Starts[b] + s : vectors.shape[0];
        Tensor extended = cat([vectors, zeros([1, vectors.shape[1]], ScalarType.Float32, vectors.device)]);           // [M+1,W]
        return extended.index_select(0, tensor(places, device: vectors.device)).view(rows, longest, vectors.shape[1]);
    }

    /// <summary>Returns the weights of scores: softmax over the source states of each row.</summary>
    /// <param name="scores">[b,S], any number after the end of a row.</param>
    public Tensor Weights(Tensor scores)
    {
        long rows = scores.shape[0], longest = scores.shape[1];
        var mask = new bool[rows * longest];
        for (int b = 0; b < rows; b++)
            for (int s = Lengths[b]; s < longest; s++) mask[b * longest + s] = true;
        return scores.masked_fill(tensor(mask, device: scores.device).view(rows, longest), Impossible).softmax(1);
    }
}
