using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// An encoder that reads forward and can continue from a state, so that long sequences can be read in windows, and symbol by symbol.
/// </summary>
internal abstract class StatefulEncoder : SequenceEncoder
{
    /// <summary>The number of states, one for each layer that has one.</summary>
    public abstract int States { get; }

    /// <summary>The size of a state.</summary>
    public abstract int StateSize { get; }

    /// <summary>Whether a state has a memory.</summary>
    public abstract bool HasMemory { get; }

    /// <summary>Computes the outputs of all steps, and the states after the last step of each row.</summary>
    /// <param name="initial">The states before the first step; null for the state 0.</param>
    /// <param name="input">Vectors of the steps of the batch.</param>
    /// <param name="batch">Layout of the steps.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>The outputs of all steps, [N,S], and the final states.</returns>
    public abstract (Tensor States, RecurrentState[] Final) ForwardFrom(
        IReadOnlyList<RecurrentState>? initial, LayerInput input, PackedBatch batch, ForwardMode mode);

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    /// <param name="initial">The states before the first step, [1,B,H] each; null for the state 0.</param>
    /// <returns>The outputs of the last layer, and the final states.</returns>
    public abstract (ExportedStates Last, ExportedState[] Final) Export(
        OnnxGraph graph, string x, string lengths, IReadOnlyList<ExportedState>? initial);

    public override (string States, string Final) Export(OnnxGraph graph, string x, string lengths)
    {
        (ExportedStates last, _) = Export(graph, x, lengths, initial: null);
        return (last.All, last.Final);
    }
}
