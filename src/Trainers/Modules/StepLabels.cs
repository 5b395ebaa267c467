using MlNetRnn.Batching;

namespace MlNetRnn.Modules;

/// <summary>The true tags of the steps of a packed batch.</summary>
/// <param name="Tags">0-based, [N]; below 0 for a step without a tag, or with one that the model does not have.</param>
/// <param name="Weights">The weight of each of the sorted rows, [B]; null if all are equal.</param>
internal sealed record StepLabels(int[] Tags, float[]? Weights)
{
    public static StepLabels Of(ExampleSet examples, PackedBatch batch) => new(
        Array.ConvertAll(batch.Pack(b => examples.TargetsOf(batch.Rows[b]), 1), target => (int)target),
        examples.Weights is { } weights ? Array.ConvertAll(batch.Rows, row => weights[row]) : null);

    /// <summary>Returns the weight of a sorted row.</summary>
    public float WeightOf(int row) => Weights?[row] ?? 1;

    /// <summary>Returns the tags of a sorted row, [T].</summary>
    public int[] TagsOf(PackedBatch batch, int row) => [.. Enumerable.Range(0, batch.Lengths[row]).Select(t => Tags[batch.Position(row, t)])];
}
