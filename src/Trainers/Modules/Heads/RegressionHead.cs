using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Predicts a number, [B,1]: standardized by the mean and deviation of the training data in training, in its own units in the graph.</summary>
internal sealed class RegressionHead(ParameterSet parameters, int size, float mean, float deviation) : PooledHead(parameters, size, 1)
{
    private readonly Parameter _mean = parameters.Fixed("head.mean", [mean]), _deviation = parameters.Fixed("head.deviation", [deviation]);

    /// <summary>A standardized number is smaller than a logit.</summary>
    public override float WideGain => 5;

    /// <summary>The mean of the training data: 0 in the units of <see cref="PooledHead.Forward"/>.</summary>
    public float Mean => _mean.Value.Span()[0];

    /// <summary>The standard deviation of the training data: 1 in the units of <see cref="PooledHead.Forward"/>.</summary>
    public float Deviation => _deviation.Value.Span()[0];

    public override void Export(OnnxGraph graph, string pooled)
    {
        graph.OutputFloat(NetworkSignature.Scores, "The number.", "batch", 1);
        string deviation = _deviation.Export(graph);
        string scaled = graph.Node("Mul", [ExportScores(graph, pooled, deviation), deviation]);
        graph.NamedNode(NetworkSignature.Scores, "Add", [scaled, _mean.Export(graph)]);
    }
}
