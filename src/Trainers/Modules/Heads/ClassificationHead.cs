using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Predicts one of K classes: logits, [B,K], in training, their softmax in the graph.</summary>
internal sealed class ClassificationHead(ParameterSet parameters, int size, int classes) : PooledHead(parameters, size, classes)
{
    public override void Export(OnnxGraph graph, string pooled)
    {
        graph.OutputFloat(NetworkSignature.Scores, "The probability of each class.", "batch", Outputs);
        graph.NamedNode(NetworkSignature.Scores, "Softmax", [ExportScores(graph, pooled)], ("axis", -1L));
    }
}
