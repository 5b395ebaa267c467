using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>True or false: a logit, and in the graph the probability of true beside it.</summary>
internal sealed class BinaryClassificationHead(ParameterSet parameters, int size) : Head
{
    private readonly Linear _linear = new(parameters, "head", size, 1);

    /// <returns>The logit of true, [B,1].</returns>
    public override Tensor Forward(Tensor pooled) => _linear.Forward(pooled);

    public override void Sharpen(float factor) => _linear.Scale(factor);

    public override void Export(OnnxGraph graph, string pooled)
    {
        graph.OutputFloat(NetworkSignature.Scores, "The logit of the class true.", "batch", 1);
        graph.OutputFloat(NetworkSignature.Probability, "The probability of the class true.", "batch", 1);
        _linear.Export(graph, pooled, NetworkSignature.Scores);
        graph.NamedNode(NetworkSignature.Probability, "Sigmoid", [NetworkSignature.Scores]);
    }
}
