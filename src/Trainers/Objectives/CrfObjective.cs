using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Tags;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The loss of a conditional random field: −log P of the whole sequence of tags.</summary>
/// <param name="head">The head, which holds the transitions.</param>
/// <param name="rules">The rules of spans; null if any tag may follow any other.</param>
/// <param name="costs">The costs of missed spans; null for none.</param>
internal sealed class CrfObjective(CrfTaggingHead head, TagScheme? rules, MissedSpanCosts? costs) : TaggingObjective(costs)
{
    protected override Tensor Scores(Tensor emissions, StepLabels labels, PackedBatch batch) => emissions;

    protected override Tensor Loss(Tensor scores, float sharpness, StepLabels labels, PackedBatch batch) =>
        CrfLossFunction.Apply(scores, head.Transitions.Times(sharpness), labels, batch, rules);
}
