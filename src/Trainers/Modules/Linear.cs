using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>y = x Wᵀ + b.</summary>
internal sealed class Linear(ParameterSet parameters, string name, int inputs, int outputs)
{
    private readonly Parameter _weight = parameters.Uniform($"{name}.weight", MathF.Sqrt(6f / (inputs + outputs)), outputs, inputs);
    private readonly Parameter _bias = parameters.Constant($"{name}.bias", 0, outputs);

    /// <param name="x">[B,I]</param>
    /// <returns>[B,O]</returns>
    public Tensor Forward(Tensor x) => nn.functional.linear(x, _weight.Value, _bias.Value);

    public string Export(OnnxGraph graph, string x) => graph.Node("Gemm",
        [x, graph.Constant(_weight.Name, _weight.Value.Span(), outputs, inputs), graph.Constant(_bias.Name, _bias.Value.Span(), outputs)], ("transB", 1L));
}
