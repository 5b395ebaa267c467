using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>What a network that says one thing of a sequence learns towards, and how well it does.</summary>
internal abstract class Objective
{
    /// <summary>What <see cref="Metric"/> measures.</summary>
    public abstract string MetricName { get; }

    /// <summary>Whether the outputs are logits of probabilities.</summary>
    public virtual bool HasProbabilities => true;

    /// <param name="outputs">What the head says, [B,R].</param>
    /// <param name="targets">The truth, [B].</param>
    /// <param name="isTraining">Whether the truth may be softened.</param>
    /// <returns>The loss of each row, [B].</returns>
    public abstract Tensor Losses(Tensor outputs, Tensor targets, bool isTraining);

    /// <summary>Over all validation rows; higher is better.</summary>
    /// <param name="outputs">[V,R]</param>
    /// <param name="targets">[V]</param>
    public abstract double Metric(Tensor outputs, Tensor targets);

    /// <summary>The metric of a model that says the same of every row.</summary>
    public abstract double Baseline(Tensor targets);

    /// <summary>The share of rows whose class is the one that is said.</summary>
    protected static double Accuracy(Tensor predicted, Tensor targets) => predicted.eq(targets).to(ScalarType.Float64).mean().item<double>();

    /// <summary>The share of the most frequent class.</summary>
    protected static double MostFrequent(Tensor targets) => targets.data<float>().ToArray().GroupBy(target => target).Max(group => group.Count()) / (double)targets.shape[0];
}
