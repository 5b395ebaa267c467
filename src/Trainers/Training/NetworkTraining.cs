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

    public IReadOnlyList<int> TrainingRows => data.TrainingRows;

    public int Length(int row) => data.Training.Sequences.Length(row);

    public IReadOnlyList<double>? TakeGradientFlow() => network.Flow?.Take();

    public abstract Tensor Loss(ReadOnlySpan<int> batch, ForwardMode mode);

    public abstract int LossCount(ReadOnlySpan<int> batch);

    public abstract ValidationResult? Validate(Action check);

    public abstract double Calibrate(Action check);

    /// <summary>Returns all validation rows, in batches of similar length.</summary>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    protected IEnumerable<PackedBatch> ValidationBatches(Action check)
    {
        Func<int, int> length = data.Validation.Sequences.Length;
        foreach (int[] batch in LengthBuckets.Cut(data.ValidationRows.OrderBy(length), length, ValidationBatchSize))
        {
            check();
            yield return PackedBatch.From(data.Validation, batch);
        }
    }
}
