using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A linear layer, y = x Wᵀ + b.</summary>
/// <param name="parameters">Receives the weights.</param>
/// <param name="name">Their name.</param>
/// <param name="inputs">I.</param>
/// <param name="outputs">O.</param>
/// <param name="threads">The number of threads that divide the work on the CPU; 0 to leave it to libtorch.</param>
internal sealed class Linear(ParameterSet parameters, string name, int inputs, int outputs, int threads = 0)
{
    private readonly Parameter _weight = parameters.Uniform($"{name}.weight", MathF.Sqrt(6f / (inputs + outputs)), outputs, inputs);
    private readonly Parameter _bias = parameters.Bias($"{name}.bias", 0, outputs);

    /// <summary>W, [O,I].</summary>
    public Parameter Weight => _weight;

    /// <summary>b, [O].</summary>
    public Parameter Bias => _bias;

    /// <param name="x">[B,I]</param>
    /// <returns>[B,O]</returns>
    public Tensor Forward(Tensor x) => threads > 0 && x.device_type == TorchSharp.DeviceType.CPU
        ? LinearFunction.Apply(x, _weight.Value, _bias.Value, threads)
        : nn.functional.linear(x, _weight.On(x.device), _bias.On(x.device));

    /// <summary>Returns weight and bias side by side, [O,I+1].</summary>
    public float[] Joined()
    {
        var joined = new float[outputs * (inputs + 1)];
        for (int o = 0; o < outputs; o++)
        {
            _weight.Value.Span().Slice(o * inputs, inputs).CopyTo(joined.AsSpan(o * (inputs + 1)));
            joined[o * (inputs + 1) + inputs] = _bias.Value.Span()[o];
        }
        return joined;
    }

    /// <summary>Exports weight and bias side by side, [O,I+1], as an output of the graph.</summary>
    public void ExportJoined(OnnxGraph graph, string output) =>
        graph.NamedNode(output, "Concat", [_weight.Export(graph), graph.Node("Unsqueeze", [_bias.Export(graph), graph.Constant([1], 1)])], ("axis", 1L));

    /// <summary>Multiplies all outputs by a factor.</summary>
    public void Scale(float factor)
    {
        foreach (Parameter parameter in new[] { _weight, _bias })
            foreach (ref float number in parameter.Value.Span()) number *= factor;
    }

    public string Export(OnnxGraph graph, string x) => graph.Node("Gemm", Inputs(graph, x), Transposed);

    /// <summary>Exports the layer for the last dimension of a value with any number of dimensions.</summary>
    public string ExportSteps(OnnxGraph graph, string x)
    {
        string byInput = graph.Node("Transpose", [_weight.Export(graph)], ("perm", new long[] { 1, 0 }));          // [I,O]
        return graph.Node("Add", [graph.Node("MatMul", [x, byInput]), _bias.Export(graph)]);
    }

    /// <summary>Exports the layer as an output of the graph.</summary>
    public void Export(OnnxGraph graph, string x, string output) => graph.NamedNode(output, "Gemm", Inputs(graph, x), Transposed);

    private static (string, object) Transposed => ("transB", 1L);

    private string[] Inputs(OnnxGraph graph, string x) => [x, _weight.Export(graph), _bias.Export(graph)];
}
