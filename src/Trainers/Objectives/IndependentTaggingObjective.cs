using MlNetRnn.Batching;
using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The loss of a tagger that predicts each tag independently of the others: cross-entropy.</summary>
internal sealed class IndependentTaggingObjective(MissedSpanCosts? costs) : CrossEntropyTaggingObjective(costs)
{
    protected override Tensor Scores(Tensor emissions, StepLabels labels, PackedBatch batch) => emissions;
}
