using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A pooling layer, which combines the states of a sequence into one vector.</summary>
internal abstract class Pooling
{
    /// <summary>Returns the size of the vector for states of size S.</summary>
    public virtual int OutputSize(int size) => size;

    /// <summary>Pools the states of a batch.</summary>
    /// <param name="states">[N,D·H]</param>
    /// <param name="batch">Layout of the states.</param>
    /// <param name="directions">D.</param>
    /// <returns>[B,D·H], in the order of the sorted rows of the batch.</returns>
    public abstract Tensor Forward(Tensor states, PackedBatch batch, int directions);

    /// <summary>Exports the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="encoded">The encoded sequence.</param>
    public abstract ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded);
}

/// <summary>A pooled sequence in a graph.</summary>
/// <param name="Vector">[B,D·H]</param>
/// <param name="Weights">Weight of each step, [T,B,1], 0 after the end of a row; null for a pooling without weights.</param>
internal sealed record ExportedPooling(string Vector, string? Weights = null);

/// <summary>An encoded sequence in a graph.</summary>
/// <param name="States">[T,B,D·H]</param>
/// <param name="Final">[D,B,H]; "" without recurrence.</param>
/// <param name="Mask">bool [T,B,1]: true for the tokens of a row, false after its end.</param>
internal sealed record ExportedSequence(string States, string Final, string Mask);
