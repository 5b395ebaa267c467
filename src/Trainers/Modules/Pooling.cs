using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The states of a sequence → one vector.</summary>
internal abstract class Pooling
{
    /// <param name="states">[N,D·H]</param>
    /// <param name="batch">How the states are packed.</param>
    /// <param name="directions">D.</param>
    /// <returns>[B,D·H], in the order of the batch's sorted rows.</returns>
    public abstract Tensor Forward(Tensor states, PackedBatch batch, int directions);

    /// <param name="graph">The graph.</param>
    /// <param name="encoded">What the recurrent stack gave.</param>
    /// <returns>[B,D·H]</returns>
    public abstract string Export(OnnxGraph graph, ExportedSequence encoded);
}

/// <summary>An encoded sequence in a graph.</summary>
/// <param name="States">[T,B,D·H]</param>
/// <param name="Final">[D,B,H]</param>
/// <param name="Mask">bool [T,B,1]: true at the tokens of a row, false after its end.</param>
internal sealed record ExportedSequence(string States, string Final, string Mask);
