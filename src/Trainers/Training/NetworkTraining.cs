using MlNetRnn.Batching;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The common part of the training of every network.</summary>
internal abstract class NetworkTraining(Network network, TrainingData data) : ITrainingTask
{
    /// <summary>The weight of the prior at temperature 1 (no calibration), so that a few validation rows do not decide alone.</summary>
    protected const double Conservatism = 5;

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

    /// <summary>Returns the temperature with the least loss (temperature scaling; Guo et al., 2017).</summary>
    /// <param name="loss">Computes the loss of all validation rows for a factor of the logits.</param>
    protected static double BestTemperature(Func<float, double> loss)
    {
        double logTemperature = GoldenSection.Minimum(Math.Log(0.25), Math.Log(1000), x =>
        {
            using TorchSharp.DisposeScope step = NewDisposeScope();
            return loss((float)Math.Exp(-x)) + Conservatism * x * x;
        });
        return Math.Exp(logTemperature);
    }
}
