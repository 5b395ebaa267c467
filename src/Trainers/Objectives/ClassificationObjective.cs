using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The objective of a classification: cross-entropy; accuracy.</summary>
internal sealed class ClassificationObjective(float labelSmoothing) : PooledObjective
{
    public override string MetricName => "accuracy";

    public override Tensor Losses(Tensor outputs, Tensor targets, bool isTraining) =>
        nn.functional.cross_entropy(
            outputs, targets.to(ScalarType.Int64), reduction: nn.Reduction.None, label_smoothing: isTraining ? labelSmoothing : 0);

    public override double Metric(Tensor outputs, Tensor targets) => Accuracy(outputs.argmax(1), targets.to(ScalarType.Int64));

    public override double Baseline(Tensor targets) => MostFrequent(targets);
}
