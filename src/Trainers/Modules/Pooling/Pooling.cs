using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The states of a sequence → one vector.</summary>
internal abstract class Pooling
{
    /// <summary>The size of the vector, for states of size S.</summary>
    public virtual int OutputSize(int size) => size;

    /// <param name="states">[N,D·H]</param>
    /// <param name="batch">How the states are packed.</param>
    /// <param name="directions">D.</param>
    /// <returns>[B,D·H], in the order of the batch's sorted rows.</returns>
    public abstract Tensor Forward(Tensor states, PackedBatch batch, int directions);

    /// <param name="graph">The graph.</param>
    /// <param name="encoded">What the recurrent stack gave.</param>
    public abstract ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded);
}

/// <summary>A pooled sequence in a graph.</summary>
/// <param name="Vector">[B,D·H]</param>
/// <param name="Weights">The weight of each step, [T,B,1], 0 after the end of a row; null for a pooling without weights.</param>
internal sealed record ExportedPooling(string Vector, string? Weights = null);

/// <summary>An encoded sequence in a graph.</summary>
/// <param name="States">[T,B,D·H]</param>
/// <param name="Final">[D,B,H]; "" without recurrence.</param>
/// <param name="Mask">bool [T,B,1]: true at the tokens of a row, false after its end.</param>
internal sealed record ExportedSequence(string States, string Final, string Mask);
