using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Predicts one of K classes: logits in training, their softmax in the graph.</summary>
internal sealed class ClassificationHead(ParameterSet parameters, int size, int classes) : PooledHead
{
    private readonly Linear _linear = new(parameters, "head", size, classes);

    /// <returns>Logits, [B,K].</returns>
    public override Tensor Forward(Tensor pooled) => _linear.Forward(pooled);

    public override void Sharpen(float factor) => _linear.Scale(factor);

    public override void Export(OnnxGraph graph, string pooled)
    {
        graph.OutputFloat(NetworkSignature.Scores, "The probability of each class.", "batch", classes);
        graph.NamedNode(NetworkSignature.Scores, "Softmax", [_linear.Export(graph, pooled)], ("axis", -1L));
    }
}
