using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The loss of a tagger.</summary>
/// <param name="costs">The costs of missed spans, which apply in training only; null for none.</param>
internal abstract class TaggingObjective(MissedSpanCosts? costs)
{
    /// <summary>Computes −log P(tags), summed over all rows, each times its weight.</summary>
    /// <param name="emissions">The outputs of the head, [N,R].</param>
    /// <param name="labels">The true tags; steps without a tag have no loss.</param>
    /// <param name="batch">The rows in packed order.</param>
    /// <param name="isTraining">Whether the costs of missed spans apply.</param>
    /// <param name="sharpness">The factor of the scores of the tags.</param>
    /// <returns>A scalar.</returns>
    public Tensor Loss(Tensor emissions, StepLabels labels, PackedBatch batch, bool isTraining = false, float sharpness = 1)
    {
        Tensor scores = Scores(emissions, labels, batch).Times(sharpness);                                           // [N,K]
        if (isTraining && costs?.Of(labels.Tags) is { } added) scores = scores.Plus(tensor(added, scores.shape));
        return Loss(scores, sharpness, labels, batch);
    }

    /// <summary>Computes the scores of the tags of each step, given the true tags of the other steps.</summary>
    /// <returns>[N,K]</returns>
    protected abstract Tensor Scores(Tensor emissions, StepLabels labels, PackedBatch batch);

    /// <summary>Computes the loss from the scores of the tags.</summary>
    /// <param name="scores">[N,K], multiplied by the sharpness.</param>
    /// <param name="sharpness">The factor of all other scores.</param>
    /// <param name="labels">The true tags.</param>
    /// <param name="batch">The rows in packed order.</param>
    protected abstract Tensor Loss(Tensor scores, float sharpness, StepLabels labels, PackedBatch batch);
}
