using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The loss and the validation metric of a network with one output per sequence.</summary>
internal abstract class PooledObjective
{
    /// <summary>The name of <see cref="Metric"/>.</summary>
    public abstract string MetricName { get; }

    /// <summary>Whether the outputs are logits of probabilities.</summary>
    public virtual bool HasProbabilities => true;

    /// <summary>Computes the loss of each row.</summary>
    /// <param name="outputs">The outputs of the head, [B,R].</param>
    /// <param name="targets">The true labels, [B].</param>
    /// <param name="isTraining">Whether label smoothing applies.</param>
    /// <returns>[B]</returns>
    public abstract Tensor Losses(Tensor outputs, Tensor targets, bool isTraining);

    /// <summary>Computes the metric of all validation rows; higher is better.</summary>
    /// <param name="outputs">The outputs of the head, [V,R].</param>
    /// <param name="targets">The true labels, [V].</param>
    public abstract double Metric(Tensor outputs, Tensor targets);

    /// <summary>Computes the metric of a model that predicts the same for every row.</summary>
    /// <param name="targets">The true labels, [V].</param>
    public abstract double Baseline(Tensor targets);

    /// <summary>Returns the share of rows whose class is predicted.</summary>
    protected static double Accuracy(Tensor predicted, Tensor targets) => predicted.eq(targets).to(ScalarType.Float64).mean().item<double>();

    /// <summary>Returns the share of the most frequent class.</summary>
    protected static double MostFrequent(Tensor targets) =>
        targets.data<float>().ToArray().GroupBy(target => target).Max(group => group.Count()) / (double)targets.shape[0];
}
