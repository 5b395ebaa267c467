using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A decoder layer with attention inside the state update (Bahdanau et al., 2015); see <see cref="StateAttention"/>.</summary>
internal sealed class StateAttentionLayer : DecoderLayer
{
    private readonly RecurrentLayer _layer;
    private readonly AttentionScore _score;
    private readonly Parameter _context;
    private readonly Readout _readout;
    private readonly int _threads;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="size">The sizes.</param>
    public StateAttentionLayer(ParameterSet parameters, DecoderSize size)
    {
        _layer = size.CreateLayer(parameters);
        _score = new AdditiveScore(parameters.Within("attention"), size.Hidden, size.Source, size.Threads);
        _context = _layer.AddInput(parameters, "context", size.Source);
        _readout = new Readout(parameters.Within("readout"), size, readsSymbol: true);
        _threads = size.Threads;
    }

    public override int OutputSize => _readout.Size;

    public override DecoderSource Prepare(Tensor states, SourceRows rows)
    {
        Tensor weights = cat([_context.On(states.device), _readout.Context.On(states.device)]);               // [G·H+R,C]
        Tensor values = states.device_type == DeviceType.CPU ? LinearFunction.Apply(states, weights, null, _threads) : states.matmul(weights.t());
        return new DecoderSource(rows, _score.Keys(states), values);                                          // [M,A], [M,G·H+R]
    }

    public override (Tensor Outputs, RecurrentState Final) Forward(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        (Tensor states, RecurrentState final, Tensor? contexts) = _layer.ForwardFrom(initial, input, batch, mode, Attention(source!));
        return (_readout.Forward(states, contexts!, input), final);
    }

    public override (Tensor Outputs, RecurrentState Final) ForwardWithOperators(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        (Tensor states, RecurrentState final, Tensor? contexts) =
            _layer.ForwardWithOperators(input.Expanded(), batch, mode, initial, Attention(source!));
        return (_readout.Forward(states, contexts!, input), final);
    }

    public override string ExportKeys(OnnxGraph graph, string states) => _score.ExportKeys(graph, states);

    public override ExportedDecoderStep Export(OnnxGraph graph, string x, string ones, ExportedState initial, ExportedSource? source)
    {
        string before = graph.Node("Squeeze", [initial.Hidden, graph.Constant([0], 1)]);                      // [B,H]
        (string weights, string context) = AttentionGraph.Export(graph, _score, before, source!);             // [B,S], [B,C]
        string joined = graph.Node("Concat", [x, graph.Node("Unsqueeze", [context, graph.Constant([0], 1)])], ("axis", 2L));     // [1,B,E+C]
        ExportedStates states = _layer.Export(graph, joined, ones, initial, _context);
        string state = graph.Node("Squeeze", [states.Final, graph.Constant([0], 1)]);                         // [B,H]
        string symbol = graph.Node("Squeeze", [x, graph.Constant([0], 1)]);                                   // [B,E]
        return new ExportedDecoderStep(
            _readout.Export(graph, state, context, symbol), new ExportedState(states.Final, states.FinalMemory), weights);
    }

    private StateAttention Attention(DecoderSource source) => new(_score, source.Rows, source.Keys, source.Values);
}
