using MlNetRnn.Modules;
using MlNetRnn.Onnx;

namespace MlNetRnn.Networks;

internal sealed partial class TranslationDecoder
{
    private const long Int64 = 7;

    /// <summary>Returns an encoder as an ONNX model: source → source states, keys, the last state, and the initial states of the decoder.</summary>
    public byte[] ExportEncoder(SourceEncoder encoder)
    {
        var graph = new OnnxGraph("encoder", "The encoder of a translation model: it reads the source once.");
        ExportedStates last = encoder.Export(graph);                                                          // [S,B,C], [D,B,H']
        string hidden = Joined(graph, last.Final);                                                            // [B,D·H']
        graph.NamedNode(NetworkSignature.EncoderState, "Identity", [hidden]);
        graph.OutputFloat(NetworkSignature.EncoderState, "The last state of each direction.", "batch", _source);
        ExportedState[] initial = _bridge.Export(graph, hidden, last.FinalMemory is { } memory ? Joined(graph, memory) : null);
        for (int i = 0; i < initial.Length; i++) StateOutputs(graph, i, initial[i], "The initial state of the decoder.");
        if (!_first.Attends) return graph.ToBytes();
        graph.NamedNode(NetworkSignature.SourceStates, "Transpose", [last.All], ("perm", new long[] { 1, 0, 2 }));
        graph.OutputFloat(NetworkSignature.SourceStates, "The state after each source step.", "batch", "steps", _source);
        string keys = _first.ExportKeys(graph, NetworkSignature.SourceStates);
        graph.NamedNode(NetworkSignature.SourceKeys, "Identity", [keys]);
        graph.OutputFloat(NetworkSignature.SourceKeys, "What the decoder compares its state with.", "batch", "steps", "key");
        return graph.ToBytes();
    }

    /// <summary>Returns one step of the decoder as an ONNX model: symbol, states and source → logits of the next symbol, states and attention.</summary>
    public byte[] ExportStep()
    {
        var graph = new OnnxGraph("step", "One step of the decoder of a translation model. Its state is an input and an output.");
        string x = _input.Export(graph);                                                                     // [1,B,E]
        ExportedSource? source = _first.Attends ? SourceOf(graph) : null;
        ExportedState[] initial = [.. Enumerable.Range(0, 1 + (_upper?.States ?? 0)).Select(i => new ExportedState(
            StateInput(graph, NetworkSignature.Hidden(i)), _hasMemory ? StateInput(graph, NetworkSignature.Memory(i)) : null))];
        string ones = Ones(graph, initial[0].Hidden);                                                         // [B]
        ExportedDecoderStep first = _first.Export(graph, x, ones, initial[0], source);
        (string output, ExportedState[] states) = (first.Output, [first.State]);
        if (_upper is not null)
        {
            string between = graph.Node("Unsqueeze", [first.Output, graph.Constant([0], 1)]);                 // [1,B,R]
            (ExportedStates last, ExportedState[] upper) = _upper.Export(graph, between, ones, initial[1..]);
            (output, states) = (graph.Node("Squeeze", [last.Final, graph.Constant([0], 1)]), [first.State, .. upper]);
        }
        _head.ExportLogits(graph, output);
        for (int i = 0; i < states.Length; i++) StateOutputs(graph, i, states[i], "The state after the step.");
        if (first.Weights is not { } weights) return graph.ToBytes();
        graph.NamedNode(NetworkSignature.Attention, "Identity", [weights]);
        graph.OutputFloat(NetworkSignature.Attention, "The weight of each source step; they sum to 1.", "batch", "source_steps");
        return graph.ToBytes();
    }

    private ExportedSource SourceOf(OnnxGraph graph)
    {
        string states = graph.InputFloat(NetworkSignature.SourceStates, "The output of the encoder.", "batch", "source_steps", _source);
        string keys = graph.InputFloat(NetworkSignature.SourceKeys, "The output of the encoder.", "batch", "source_steps", "key");
        string lengths = graph.InputInt32(NetworkSignature.SourceLengths, "The true length of each source.", "batch");
        string steps = graph.Node("Gather", [graph.Node("Shape", [states]), graph.Constant([1], [])], ("axis", 0L));           // S
        string step = graph.Node("Range", [graph.Constant([0], []), steps, graph.Constant([1], [])]);                         // [S]
        string ends = graph.Node("Unsqueeze", [graph.Node("Cast", [lengths], ("to", Int64)), graph.Constant([1], 1)]);        // [B,1]
        return new ExportedSource(states, keys, graph.Node("Less", [step, ends]));
    }

    private string StateInput(OnnxGraph graph, string name) => graph.InputFloat(name, "The state before the step.", 1, "batch", _hidden);

    private void StateOutputs(OnnxGraph graph, int layer, ExportedState state, string documentation)
    {
        Output(NetworkSignature.Hidden(layer), state.Hidden);
        if (state.Memory is { } memory) Output(NetworkSignature.Memory(layer), memory);

        void Output(string name, string value)
        {
            graph.NamedNode(NetworkSignature.Next(name), "Identity", [value]);
            graph.OutputFloat(NetworkSignature.Next(name), documentation, 1, "batch", _hidden);
        }
    }

    /// <summary>Returns the states of all directions side by side: [D,B,H'] → [B,D·H'].</summary>
    private static string Joined(OnnxGraph graph, string states)
    {
        string byRow = graph.Node("Transpose", [states], ("perm", new long[] { 1, 0, 2 }));
        return graph.Node("Reshape", [byRow, graph.Constant([0, -1], 2)]);
    }

    /// <summary>Returns int32 [B]: 1 for each row, the length of a sequence of one step.</summary>
    private static string Ones(OnnxGraph graph, string states)
    {
        string rows = graph.Node("Slice", [graph.Node("Shape", [states]), graph.Constant([1], 1), graph.Constant([2], 1)]);    // [1]: B
        return graph.Node("Cast", [graph.Node("Expand", [graph.Constant([1], 1), rows])], ("to", 6L));
    }
}
