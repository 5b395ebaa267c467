using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The objective of a binary classification: cross-entropy of the logit; accuracy.</summary>
internal sealed class BinaryClassificationObjective(float labelSmoothing) : PooledObjective
{
    public override string MetricName => "accuracy";

    public override Tensor Losses(Tensor outputs, Tensor targets, bool isTraining)
    {
        Tensor truth = isTraining && labelSmoothing > 0 ? targets.Times(1 - labelSmoothing).Plus(labelSmoothing / 2) : targets;
        return nn.functional.binary_cross_entropy_with_logits(outputs.squeeze(1), truth, reduction: nn.Reduction.None);
    }

    public override double Metric(Tensor outputs, Tensor targets) => Accuracy(outputs.squeeze(1).gt(Scalars.Zero), targets.gt(Scalars.Zero));

    public override double Baseline(Tensor targets) => MostFrequent(targets);
}
