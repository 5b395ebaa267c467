using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The first layer of a plain encoder-decoder (Sutskever et al., 2014): only its initial state depends on the source.</summary>
internal sealed class PlainDecoderLayer(ParameterSet parameters, DecoderSize size) : DecoderLayer
{
    private readonly RecurrentLayer _layer = size.CreateLayer(parameters);

    public override int OutputSize => size.Hidden;

    public override bool Attends => false;

    public override DecoderSource? Prepare(Tensor states, SourceRows rows) => null;

    public override (Tensor Outputs, RecurrentState Final) Forward(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode) =>
        _layer.ForwardFrom(initial, input, batch, mode);

    public override (Tensor Outputs, RecurrentState Final) ForwardWithOperators(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode) =>
        _layer.ForwardWithOperators(input.Expanded(), batch, mode, initial);

    public override string ExportKeys(OnnxGraph graph, string states) => states;

    public override ExportedDecoderStep Export(OnnxGraph graph, string x, string ones, ExportedState initial, ExportedSource? source)
    {
        ExportedStates states = _layer.Export(graph, x, ones, initial);
        string output = graph.Node("Squeeze", [states.Final, graph.Constant([0], 1)]);                        // [1,B,H] → [B,H]
        return new ExportedDecoderStep(output, new ExportedState(states.Final, states.FinalMemory), null);
    }
}
