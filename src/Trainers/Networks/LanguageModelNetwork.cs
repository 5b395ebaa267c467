using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>A network that predicts the next symbol (output feedback): embedding → forward recurrent layers, or a window → logits of all symbols.</summary>
internal sealed class LanguageModelNetwork : Network
{
    private readonly Dropout _dropout;
    private readonly SymbolHead _head;

    /// <param name="parameters">The parameters; the input layer has added its own.</param>
    /// <param name="input">The vectors of the symbols.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="symbols">V, the number of symbols.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public LanguageModelNetwork(ParameterSet parameters, SymbolEmbedding input, RnnLanguageNetworkOptions options, int symbols, int threads)
        : base(parameters, input, options, threads)
    {
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
        _head = new SymbolHead(parameters, Encoder.OutputSize, symbols, options.TiedEmbeddings ? input.Table : null, threads);
    }

    private StatefulEncoder Layers => (StatefulEncoder)Encoder;

    /// <summary>Sets the first distribution of the symbols.</summary>
    public void Begin(ReadOnlySpan<float> logFrequencies) => _head.Begin(logFrequencies);

    /// <summary>Computes the sum of the losses of a window, and the states after it.</summary>
    /// <param name="window">The inputs and the symbols to predict.</param>
    /// <param name="initial">The state of each layer before the window; null at the beginning of the segments.</param>
    /// <param name="smoothing">The share of label smoothing.</param>
    /// <param name="mode">Training or scoring.</param>
    public (Tensor Loss, RecurrentState[] Final) Loss(SymbolWindow window, IReadOnlyList<RecurrentState>? initial, float smoothing, ForwardMode mode)
    {
        LayerInput x = Vectors(window.Inputs, mode);                                                                // [U,E]
        (Tensor states, RecurrentState[] final) = Layers.ForwardFrom(initial, x, window.Inputs, mode);              // [N,H]
        return (_head.Loss(_dropout.Forward(states, window.Inputs, mode).cpu(), window.Targets, smoothing), final);
    }

    public override byte[] Export()
    {
        var graph = new OnnxGraph("language_model", "A network that predicts the next symbol. Its state is an input and an output.");
        string x = Input.Export(graph);                                                                             // [T,B,E]
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        ExportedState[] initial = [.. Enumerable.Range(0, Layers.States).Select(i => new ExportedState(
            StateInput(graph, NetworkSignature.Hidden(i)), Layers.HasMemory ? StateInput(graph, NetworkSignature.Memory(i)) : null))];
        (ExportedStates last, ExportedState[] final) = Layers.Export(graph, x, lengths, initial);
        _head.Export(graph, last.All, last.Final);
        for (int i = 0; i < final.Length; i++)
        {
            StateOutput(graph, NetworkSignature.Hidden(i), final[i].Hidden);
            if (final[i].Memory is { } memory) StateOutput(graph, NetworkSignature.Memory(i), memory);
        }
        return graph.ToBytes();
    }

    public override void Dispose()
    {
        _head.Dispose();
        base.Dispose();
    }

    private string StateInput(OnnxGraph graph, string name) =>
        graph.InputFloat(name, "The state before the first step; 0 at the beginning.", 1, "batch", Layers.StateSize);

    private void StateOutput(OnnxGraph graph, string name, string value)
    {
        graph.NamedNode(NetworkSignature.Next(name), "Identity", [value]);
        graph.OutputFloat(NetworkSignature.Next(name), "The state after the last step of each row.", 1, "batch", Layers.StateSize);
    }
}
