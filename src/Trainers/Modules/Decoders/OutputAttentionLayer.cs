using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A decoder layer with attention after the state update (Luong et al., 2015), with or without input feeding (<see cref="InputFeeding"/>).</summary>
internal sealed class OutputAttentionLayer : DecoderLayer
{
    private readonly RecurrentLayer _layer;
    private readonly AttentionScore _score;
    private readonly Parameter? _feed;
    private readonly Readout _readout;
    private readonly int _threads;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="size">The sizes.</param>
    /// <param name="score">Creates the score.</param>
    /// <param name="feedsInput">Whether the readout of a step is an input of the next one.</param>
    public OutputAttentionLayer(ParameterSet parameters, DecoderSize size, Func<ParameterSet, AttentionScore> score, bool feedsInput)
    {
        _layer = size.CreateLayer(parameters);
        _score = score(parameters.Within("attention"));
        _readout = new Readout(parameters.Within("readout"), size, readsSymbol: false);
        _feed = feedsInput ? _layer.AddInput(parameters, "feed", _readout.Size) : null;
        _threads = size.Threads;
    }

    public override int OutputSize => _readout.Size;

    public override DecoderSource Prepare(Tensor states, SourceRows rows)
    {
        Tensor weight = _readout.Context.On(states.device);                                                   // [R,C]
        Tensor values = states.device_type == DeviceType.CPU ? LinearFunction.Apply(states, weight, null, _threads) : states.matmul(weight.t());
        return new DecoderSource(rows, _score.Keys(states), values);                                          // [M,A], [M,R]
    }

    public override (Tensor Outputs, RecurrentState Final) Forward(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        (Tensor states, RecurrentState final) = Feeding(source!) is { } feeding
            ? WithoutOutput(_layer.ForwardFrom(initial, input, batch, mode, feeding))
            : _layer.ForwardFrom(initial, input, batch, mode);
        Tensor contexts = AttendFunction.Apply(states, source!.Keys, source.Values, Call(source, batch));     // [N,R]
        return (_readout.Forward(states, contexts, input), final);
    }

    public override (Tensor Outputs, RecurrentState Final) ForwardWithOperators(
        DecoderSource? source, RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        (Tensor states, RecurrentState final) = WithoutOutput(
            _layer.ForwardWithOperators(input.Expanded(), batch, mode, initial, Feeding(source!)));
        Tensor contexts = AttendFunction.WithOperators(states, source!.Keys, source.Values, Call(source, batch));      // [N,R]
        return (_readout.Forward(states, contexts, input), final);
    }

    public override string ExportKeys(OnnxGraph graph, string states) => _score.ExportKeys(graph, states);

    public override ExportedDecoderStep Export(OnnxGraph graph, string x, string ones, ExportedState initial, ExportedSource? source)
    {
        string input = _feed is null ? x : graph.Node("Concat", [x, Fed(graph, initial, source!)], ("axis", 2L));      // [1,B,E+R]
        ExportedStates states = _layer.Export(graph, input, ones, initial, _feed);
        string state = graph.Node("Squeeze", [states.Final, graph.Constant([0], 1)]);                         // [B,H]
        (string weights, string context) = AttentionGraph.Export(graph, _score, state, source!);              // [B,S], [B,C]
        return new ExportedDecoderStep(
            _readout.Export(graph, state, context, null), new ExportedState(states.Final, states.FinalMemory), weights);
    }

    /// <summary>Exports the readout of the step before, [1,B,R].</summary>
    private string Fed(OnnxGraph graph, ExportedState initial, ExportedSource source)
    {
        string before = graph.Node("Squeeze", [initial.Hidden, graph.Constant([0], 1)]);                      // [B,H]
        (_, string context) = AttentionGraph.Export(graph, _score, before, source);                           // [B,C]
        return graph.Node("Unsqueeze", [_readout.Export(graph, before, context, null), graph.Constant([0], 1)]);
    }

    private InputFeeding? Feeding(DecoderSource source)
    {
        if (_feed is null) return null;
        Device device = source.Keys.device;
        return new InputFeeding(
            _score, source.Rows, source.Keys, source.Values, _readout.State.Weight.On(device), _readout.State.Bias.On(device), _feed.On(device));
    }

    private AttendCall Call(DecoderSource source, PackedBatch batch) => new(_score, source.Rows, batch, _threads);

    private static (Tensor, RecurrentState) WithoutOutput((Tensor States, RecurrentState Final, Tensor? Output) results) => (results.States, results.Final);
}
