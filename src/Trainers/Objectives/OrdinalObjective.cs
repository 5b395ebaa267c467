using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>
/// The objective of a classification into ordinal classes (McCullagh, 1980): cross-entropy of P(k) = σ(c_{k−1}) − σ(c_k), where c_k are the logits of
/// P(class &gt; k); accuracy of the most probable class.
/// </summary>
internal sealed class OrdinalObjective : PooledObjective
{
    // The logit beyond both ends of the thresholds: its σ rounds to 1 or 0.
    private const float Certain = 1000;

    // Keeps the gradient finite if two thresholds round to the same number.
    private const float LeastDistance = 1e-6f;

    public override string MetricName => "accuracy";

    public override Tensor Losses(Tensor outputs, Tensor targets, bool isTraining) =>
        LogProbabilities(outputs).gather(1, targets.to(ScalarType.Int64).unsqueeze(1)).squeeze(1).neg();

    public override double Metric(Tensor outputs, Tensor targets) => Accuracy(LogProbabilities(outputs).argmax(1), targets.to(ScalarType.Int64));

    public override double Baseline(Tensor targets) => MostFrequent(targets);

    private static readonly TorchSharp.Scalar Most = Scalars.Constant(-LeastDistance);

    /// <summary>Computes ln P(k), [B,K]: σ(a) − σ(b) = σ(a) σ(−b) (1 − exp(b−a)), whose logarithm stays exact if the difference rounds to 0.</summary>
    private static Tensor LogProbabilities(Tensor outputs)
    {
        Tensor end = Scalars.Filled([outputs.shape[0], 1], Certain);
        Tensor a = cat([end, outputs], 1), b = cat([outputs, -end], 1);                          // [B,K] each, a > b
        return nn.functional.logsigmoid(a).Plus(nn.functional.logsigmoid(-b)).Plus((-(b - a).clamp_max(Most).exp()).log1p());
    }
}
