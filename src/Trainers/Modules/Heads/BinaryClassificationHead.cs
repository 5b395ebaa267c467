using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Predicts true or false: the logit of true, [B,1], and in the graph its probability as well.</summary>
internal sealed class BinaryClassificationHead(ParameterSet parameters, int size) : PooledHead(parameters, size, 1)
{
    public override void Export(OnnxGraph graph, string pooled)
    {
        graph.OutputFloat(NetworkSignature.Scores, "The logit of the class true.", "batch", 1);
        graph.OutputFloat(NetworkSignature.Probability, "The probability of the class true.", "batch", 1);
        graph.NamedNode(NetworkSignature.Scores, "Identity", [ExportScores(graph, pooled)]);
        graph.NamedNode(NetworkSignature.Probability, "Sigmoid", [NetworkSignature.Scores]);
    }
}
