using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The output layer of a language model: from a state to the logits of the next symbol. With tied embeddings, its weights are the vectors of the symbols, and a
/// linear layer converts the state to their size if the sizes differ.
/// </summary>
internal sealed class SymbolHead : IDisposable
{
    private readonly BufferPool _buffers = new();
    private readonly Linear? _projection;
    private readonly Parameter _weight, _bias;
    private readonly int _threads;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="inputs">H, the size of a state.</param>
    /// <param name="symbols">V.</param>
    /// <param name="tied">The vectors of the symbols, [V,E]; null for weights of their own.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public SymbolHead(ParameterSet parameters, int inputs, int symbols, Parameter? tied, int threads)
    {
        _threads = threads;
        int size = tied is null ? inputs : (int)tied.Value.shape[1];
        _projection = size == inputs ? null : new Linear(parameters, "projection", inputs, size);
        _weight = tied ?? parameters.Uniform("output.weight", 1 / MathF.Sqrt(inputs), symbols, inputs);
        _bias = parameters.Bias("output.bias", 0, symbols);
    }

    /// <summary>Sets the bias to the log-frequencies of the symbols, so that training begins with the distribution of single symbols.</summary>
    public void Begin(ReadOnlySpan<float> logFrequencies) => logFrequencies.CopyTo(_bias.Value.Span());

    /// <summary>Computes the sum of the losses of all steps.</summary>
    /// <param name="states">[N,H]</param>
    /// <param name="targets">The true symbol of each step, [N]; −1 for a step that does not count.</param>
    /// <param name="smoothing">The share of label smoothing.</param>
    public Tensor Loss(Tensor states, int[] targets, float smoothing) =>
        SymbolLossFunction.Apply(_projection?.Forward(states) ?? states, _weight.Value, _bias.Value, targets, smoothing, _buffers, _threads);

    /// <summary>Computes the logits, [N,V].</summary>
    /// <param name="states">[N,H]</param>
    public Tensor Logits(Tensor states) => LinearFunction.Apply(_projection?.Forward(states) ?? states, _weight.Value, _bias.Value, _threads);

    /// <summary>Exports the logits of one step.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="state">[B,H]</param>
    public void ExportLogits(OnnxGraph graph, string state)
    {
        string bySymbol = graph.Node("Transpose", [_weight.Export(graph)], ("perm", new long[] { 1, 0 }));          // [K,V]
        ExportLogits(graph, state, bySymbol, _bias.Export(graph));
    }

    /// <summary>Exports the log-probability of given symbols, and the logits of the symbol after the last step of each row.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="states">[T,B,H]</param>
    /// <param name="last">The states after the last step of each row, [1,B,H].</param>
    public void Export(OnnxGraph graph, string states, string last)
    {
        string targets = graph.InputInt64(NetworkSignature.Targets, "The symbol after each step, for log_probability.", "batch", "steps");
        string projected = _projection?.ExportSteps(graph, states) ?? states;                                       // [T,B,K]
        string bySymbol = graph.Node("Transpose", [_weight.Export(graph)], ("perm", new long[] { 1, 0 }));          // [K,V]
        string bias = _bias.Export(graph);
        string all = graph.Node("LogSoftmax", [graph.Node("Add", [graph.Node("MatMul", [projected, bySymbol]), bias])], ("axis", 2L));      // [T,B,V]
        string byStep = graph.Node("Unsqueeze", [graph.Node("Transpose", [targets], ("perm", new long[] { 1, 0 })), graph.Constant([2], 1)]); // [T,B,1]
        string chosen = graph.Node("Squeeze", [graph.Node("GatherElements", [all, byStep], ("axis", 2L)), graph.Constant([2], 1)]);          // [T,B]
        graph.NamedNode(NetworkSignature.LogProbability, "Transpose", [chosen], ("perm", new long[] { 1, 0 }));
        graph.OutputFloat(NetworkSignature.LogProbability, "log P(target | all symbols up to the step).", "batch", "steps");
        ExportLogits(graph, graph.Node("Squeeze", [last, graph.Constant([0], 1)]), bySymbol, bias);                 // [B,H]
    }

    private void ExportLogits(OnnxGraph graph, string state, string bySymbol, string bias)
    {
        string projected = _projection?.Export(graph, state) ?? state;                                              // [B,K]
        graph.NamedNode(NetworkSignature.Logits, "Add", [graph.Node("MatMul", [projected, bySymbol]), bias]);
        graph.OutputFloat(NetworkSignature.Logits, "Logits of the symbol after the last step of each row.", "batch", "symbols");
    }

    public void Dispose() => _buffers.Dispose();
}
