using MlNetRnn.Batching;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The common part of the training of every network.</summary>
internal abstract class NetworkTraining(Network network, TrainingData data) : ITrainingTask
{
    private const int ValidationBatchSize = 256;

    public IReadOnlyList<Parameter> Parameters { get; } = network.Parameters.Trainable;

    public long ValidationTokens { get; } = data.ValidationRows.Sum(row => (long)data.Validation.Sequences.Length(row));

    public IReadOnlyList<TrainingStep> Epoch(int batchSize, Random random) =>
    [
        .. LengthBuckets.Cut(data.TrainingRows, data.Training.Sequences.Length, batchSize, random, network.MaximumSteps)
            .Select(rows => (Rows: rows, Tokens: rows.Sum(data.Training.Sequences.Length)))
            .Select(batch => new TrainingStep(batch.Rows, batch.Tokens, LossCount(batch.Rows.Length, batch.Tokens))),
    ];

    public IReadOnlyList<double>? TakeGradientFlow() => network.Flow?.Take();

    public abstract Tensor Loss(TrainingStep step, ForwardMode mode);

    public abstract ValidationResult? Validate(Action check);

    public abstract double Calibrate(Action check);

    /// <summary>Returns the number of items that the loss of a batch is the mean of.</summary>
    protected abstract int LossCount(int rows, int tokens);

    /// <summary>Returns all validation rows, in batches of similar length.</summary>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    protected IEnumerable<PackedBatch> ValidationBatches(Action check)
    {
        Func<int, int> length = data.Validation.Sequences.Length;
        foreach (int[] batch in LengthBuckets.Cut(data.ValidationRows.OrderBy(length), length, ValidationBatchSize, network.MaximumSteps))
        {
            check();
            yield return PackedBatch.From(data.Validation, batch);
        }
    }
}
