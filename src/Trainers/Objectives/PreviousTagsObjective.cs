using MlNetRnn.Batching;
using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>The loss of a tagger whose last tags feed the next step: cross-entropy, where the previous tags are the true ones (teacher forcing).</summary>
internal sealed class PreviousTagsObjective(PreviousTagsTaggingHead head, MissedSpanCosts? costs) : CrossEntropyTaggingObjective(costs)
{
    protected override Tensor Scores(Tensor emissions, StepLabels labels, PackedBatch batch) =>
        head.Scores(emissions, [.. Enumerable.Range(1, head.Order).Select(distance => Previous(labels, batch, distance))]);

    /// <summary>Returns the true tag some steps before each step, [N].</summary>
    private long[] Previous(StepLabels labels, PackedBatch batch, int distance)
    {
        var previous = new long[batch.Count];
        for (int t = 0; t < batch.Steps; t++)
            for (int b = 0; b < batch.RowsAt[t]; b++)
            {
                int tag = t < distance ? -1 : labels.Tags[batch.Position(b, t - distance)];
                previous[batch.Position(b, t)] = tag < 0 ? head.NoTag : tag;
            }
        return previous;
    }
}
