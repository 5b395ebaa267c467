using MlNetRnn.Batching;
using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>Cross-entropy of the tag of each step.</summary>
internal abstract class CrossEntropyTaggingObjective(MissedSpanCosts? costs) : TaggingObjective(costs)
{
    private const long None = -1;

    protected sealed override Tensor Loss(Tensor scores, float sharpness, StepLabels labels, PackedBatch batch)
    {
        Tensor truth = tensor(Array.ConvertAll(labels.Tags, tag => Math.Max(tag, None)));                                          // [N]
        Tensor losses = nn.functional.cross_entropy(scores, truth, ignore_index: None, reduction: nn.Reduction.None);              // [N]
        if (labels.Weights is null) return losses.sum();
        return (losses * tensor(labels.Weights).index_select(0, tensor(PackedLayout.Rows(batch)))).sum();
    }
}
