using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The first layer of a decoder: a forward recurrent layer, and how it reads the source. Additional layers read its outputs (Wu et al., 2016: the bottom layer
/// of the decoder attends). Each kind is one file, with its export to ONNX.
/// </summary>
internal abstract class DecoderLayer
{
    /// <summary>R, the size of an output.</summary>
    public abstract int OutputSize { get; }

    /// <summary>Whether the layer reads the source states; otherwise it knows the source only by its initial state.</summary>
    public virtual bool Attends => true;

    /// <summary>Prepares the source states.</summary>
    /// <param name="states">[M,C]</param>
    /// <param name="rows">Their layout.</param>
    public abstract DecoderSource? Prepare(Tensor states, SourceRows rows);

    /// <summary>Computes the outputs of all steps.</summary>
    /// <param name="source">The source, as <see cref="Prepare"/> returned it.</param>
    /// <param name="initial">The state before the first step.</param>
    /// <param name="input">The vectors of the symbols that the decoder reads.</param>
    /// <param name="batch">Layout of the steps.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N,R], and the state after the last step of each row.</returns>
    public abstract (Tensor Outputs, RecurrentState Final) Forward(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode);

    /// <summary>Computes the same with libtorch operators, for other devices and as a reference in tests.</summary>
    public abstract (Tensor Outputs, RecurrentState Final) ForwardWithOperators(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode);

    /// <summary>Exports the keys.</summary>
    /// <param name="graph">The graph of the encoder.</param>
    /// <param name="states">The source states, [B,S,C].</param>
    public abstract string ExportKeys(OnnxGraph graph, string states);

    /// <summary>Exports one step.</summary>
    /// <param name="graph">The graph of a step.</param>
    /// <param name="x">The vectors of the symbols, [1,B,E].</param>
    /// <param name="ones">int32 [B]: 1 for each row.</param>
    /// <param name="initial">The state before the step, [1,B,H] each.</param>
    /// <param name="source">The source; null if the layer does not attend.</param>
    public abstract ExportedDecoderStep Export(OnnxGraph graph, string x, string ones, ExportedState initial, ExportedSource? source);
}
