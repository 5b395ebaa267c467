using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The readout of a decoder: what it says about the next symbol, from its state z, the context c and, for attention inside the state update, the symbol u that
/// it has read (deep output): r = tanh(W z + V c + U u + b). Bahdanau et al. (2015), Luong et al. (2015, "attentional hidden state").
/// </summary>
internal sealed class Readout
{
    private readonly Linear _state;
    private readonly Parameter? _symbol;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="size">The sizes of the decoder.</param>
    /// <param name="readsSymbol">Whether the readout depends on the symbol that was read.</param>
    public Readout(ParameterSet parameters, DecoderSize size, bool readsSymbol)
    {
        Size = size.Symbol;
        _state = new Linear(parameters, "state", size.Hidden, Size, size.Threads);
        Context = parameters.Uniform("context", 1 / MathF.Sqrt(size.Source), Size, size.Source);
        _symbol = readsSymbol ? parameters.Uniform("symbol", 1 / MathF.Sqrt(size.Symbol), Size, size.Symbol) : null;
    }

    /// <summary>R, the size of a readout: that of the vector of a symbol.</summary>
    public int Size { get; }

    /// <summary>V, [R,C].</summary>
    public Parameter Context { get; }

    /// <summary>The weights of the state.</summary>
    public Linear State => _state;

    /// <param name="states">z, [N,H].</param>
    /// <param name="contexts">V c, [N,R].</param>
    /// <param name="input">u.</param>
    /// <returns>[N,R]</returns>
    public Tensor Forward(Tensor states, Tensor contexts, LayerInput input)
    {
        Tensor sum = _state.Forward(states).Plus(contexts);                                                       // [N,R]
        if (_symbol is null) return sum.tanh();
        Tensor projected = input.Vectors.matmul(_symbol.On(input.Vectors.device).t());                        // [U,R]
        return sum.Plus((input with { Vectors = projected }).Expanded()).tanh();
    }

    /// <summary>Exports the readout of one step.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="state">z, [B,H].</param>
    /// <param name="context">c, [B,C].</param>
    /// <param name="symbol">u, [B,E]; null if it is not read.</param>
    /// <returns>[B,R]</returns>
    public string Export(OnnxGraph graph, string state, string context, string? symbol)
    {
        string sum = graph.Node("Add", [_state.Export(graph, state), ByColumns(graph, context, Context)]);
        if (_symbol is not null) sum = graph.Node("Add", [sum, ByColumns(graph, symbol!, _symbol)]);
        return graph.Node("Tanh", [sum]);
    }

    private static string ByColumns(OnnxGraph graph, string x, Parameter weight) =>
        graph.Node("MatMul", [x, graph.Node("Transpose", [weight.Export(graph)], ("perm", new long[] { 1, 0 }))]);
}
