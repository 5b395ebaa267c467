using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>y = x Wᵀ + b.</summary>
internal sealed class Linear(ParameterSet parameters, string name, int inputs, int outputs)
{
    private readonly Parameter _weight = parameters.Uniform($"{name}.weight", MathF.Sqrt(6f / (inputs + outputs)), outputs, inputs);
    private readonly Parameter _bias = parameters.Bias($"{name}.bias", 0, outputs);

    /// <param name="x">[B,I]</param>
    /// <returns>[B,O]</returns>
    public Tensor Forward(Tensor x) => nn.functional.linear(x, _weight.On(x.device), _bias.On(x.device));

    /// <summary>Makes all outputs so many times as large.</summary>
    public void Scale(float factor)
    {
        foreach (Parameter parameter in new[] { _weight, _bias })
            foreach (ref float number in parameter.Value.Span()) number *= factor;
    }

    public string Export(OnnxGraph graph, string x) => graph.Node("Gemm", Inputs(graph, x), Transposed);

    /// <summary>As an output of the graph.</summary>
    public void Export(OnnxGraph graph, string x, string output) => graph.NamedNode(output, "Gemm", Inputs(graph, x), Transposed);

    private static (string, object) Transposed => ("transB", 1L);

    private string[] Inputs(OnnxGraph graph, string x) => [x, _weight.Export(graph), _bias.Export(graph)];
}
