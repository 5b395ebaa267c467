using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The bridge from an encoder to a decoder: the initial state of each layer of the decoder, tanh(W h + b), where h holds the last state of each direction of
/// the encoder; its memory is a linear function of the encoder's memory.
/// </summary>
internal sealed class Bridge
{
    private readonly Linear[] _hidden, _memory;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="inputs">D·H', the size of the last states of all directions together.</param>
    /// <param name="layers">The number of layers of the decoder.</param>
    /// <param name="hidden">H, the size of a state of the decoder.</param>
    /// <param name="hasMemory">Whether the cells have a memory.</param>
    public Bridge(ParameterSet parameters, int inputs, int layers, int hidden, bool hasMemory)
    {
        _hidden = [.. Enumerable.Range(0, layers).Select(i => new Linear(parameters, $"hidden.{i}", inputs, hidden))];
        _memory = [.. Enumerable.Range(0, hasMemory ? layers : 0).Select(i => new Linear(parameters, $"memory.{i}", inputs, hidden))];
    }

    /// <summary>Computes the initial states.</summary>
    /// <param name="last">The state of the encoder's last layer after the last step, [D,B',H'].</param>
    /// <param name="order">For each row of the decoder, its number among the rows of the encoder, [B].</param>
    /// <returns>[1,B,H] for each layer.</returns>
    public RecurrentState[] Forward(RecurrentState last, int[] order)
    {
        Tensor hidden = Joined(last.Hidden, order);                                                           // [B,D·H']
        Tensor? memory = _memory.Length == 0 ? null : Joined(last.Memory!, order);                            // [B,D·H']
        return
        [
            .. _hidden.Select((layer, i) => new RecurrentState(
                layer.Forward(hidden).tanh().unsqueeze(0), memory is null ? null : _memory[i].Forward(memory).unsqueeze(0))),
        ];
    }

    /// <summary>Exports the bridge.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="hidden">[B,D·H']</param>
    /// <param name="memory">[B,D·H']; null for cells without memory.</param>
    /// <returns>[1,B,H] for each layer.</returns>
    public ExportedState[] Export(OnnxGraph graph, string hidden, string? memory)
    {
        string axis = graph.Constant([0], 1);
        return
        [
            .. _hidden.Select((layer, i) => new ExportedState(
                graph.Node("Unsqueeze", [graph.Node("Tanh", [layer.Export(graph, hidden)]), axis]),
                memory is null ? null : graph.Node("Unsqueeze", [_memory[i].Export(graph, memory), axis]))),
        ];
    }

    /// <summary>Returns the states of all directions side by side, in another order of the rows.</summary>
    private static Tensor Joined(Tensor states, int[] order) =>
        states.permute(1, 0, 2).reshape(states.shape[1], -1).index_select(0, tensor(order, ScalarType.Int64, states.device));
}
