using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The objective of a regression: squared error of the standardized number; R².</summary>
internal sealed class RegressionObjective(RegressionHead head) : PooledObjective
{
    public override string MetricName => "R²";

    public override bool HasProbabilities => false;

    public override Tensor Losses(Tensor outputs, Tensor targets, bool isTraining) => (outputs.squeeze(1) - Standardized(targets)).Squared();

    public override double Metric(Tensor outputs, Tensor targets)
    {
        Tensor truth = Standardized(targets);
        double spread = (truth - truth.mean()).Squared().sum().item<float>();
        double error = (outputs.squeeze(1) - truth).Squared().sum().item<float>();
        // A single row, or equal labels: R² is not defined.
        return spread > 0 ? 1 - error / spread : -error;
    }

    public override double Baseline(Tensor targets) => 0;

    private Tensor Standardized(Tensor targets) => targets.Plus(-head.Mean).DividedBy(head.Deviation);
}
