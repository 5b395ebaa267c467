using MlNetRnn.Batching;


namespace MlNetRnn.Modules;

/// <summary>What is to be said of the steps of a packed batch.</summary>
/// <param name="Tags">0-based, [N]; below 0 where a step has none, or one that the model lacks.</param>
/// <param name="Weights">How much each of the sorted rows counts, [B]; null where all count the same.</param>
internal sealed record StepLabels(int[] Tags, float[]? Weights)
{
    public static StepLabels Of(ExampleSet examples, PackedBatch batch) => new(
        Array.ConvertAll(batch.Pack(b => examples.TargetsOf(batch.Rows[b]), 1), target => (int)target),
        examples.Weights is { } weights ? Array.ConvertAll(batch.Rows, row => weights[row]) : null);

    /// <summary>What is added to the score of each tag before the loss, [N,K]; null for nothing.</summary>
    public float[]? Costs { get; init; }

    /// <summary>How much a sorted row counts.</summary>
    public float WeightOf(int row) => Weights?[row] ?? 1;

    /// <summary>The tags of a sorted row, [T].</summary>
    public int[] TagsOf(PackedBatch batch, int row) => [.. Enumerable.Range(0, batch.Lengths[row]).Select(t => Tags[batch.Position(row, t)])];
}
