using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Predicts true or false: the logit of true, and in the graph its probability as well.</summary>
internal sealed class BinaryClassificationHead(ParameterSet parameters, int size) : PooledHead
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
