using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>A number: the squared error of the standardised number, R².</summary>
internal sealed class RegressionObjective(RegressionHead head) : Objective
{
    public override string MetricName => "R²";

    public override bool HasProbabilities => false;

    public override Tensor Losses(Tensor outputs, Tensor targets, bool isTraining) => (outputs.squeeze(1) - Standardized(targets)).square();

    public override double Metric(Tensor outputs, Tensor targets)
    {
        Tensor truth = Standardized(targets);
        double spread = (truth - truth.mean()).square().sum().item<float>();
        double error = (outputs.squeeze(1) - truth).square().sum().item<float>();
        // One row, or all the same: nothing is to be explained.
        return spread > 0 ? 1 - error / spread : -error;
    }

    public override double Baseline(Tensor targets) => 0;

    private Tensor Standardized(Tensor targets) => (targets - head.Mean) / head.Deviation;
}
