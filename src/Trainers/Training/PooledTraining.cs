using MlNetRnn.Batching;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>Teaches a network that says one thing of a sequence.</summary>
internal sealed class PooledTraining(PooledNetwork network, Objective objective, TrainingData data) : ITrainingTask
{
    private const int ValidationBatchSize = 256;

    // With so few rows certainty is a matter of taste: the weight of "as it is" against the evidence of the rows.
    private const double Conservatism = 5;

    public IReadOnlyList<Parameter> Parameters { get; } = network.Parameters.Trainable;

    public IReadOnlyList<int> TrainingRows => data.TrainingRows;

    public int Length(int row) => data.Training.Sequences.Length(row);

    public Tensor Loss(ReadOnlySpan<int> batch, ForwardMode mode)
    {
        PackedBatch packed = PackedBatch.From(data.Training.Sequences, batch);
        Tensor losses = objective.Losses(network.Forward(packed, mode), Column(data.Training.Targets, packed), mode.IsTraining);      // [B]
        return (data.Training.Weights is { } weights ? losses * Column(weights, packed) : losses).mean();
    }

    public IReadOnlyList<double>? TakeGradientFlow() => network.Flow?.Take();

    public ValidationResult? Validate(Action check)
    {
        if (data.ValidationRows.Length == 0) return null;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        (Tensor outputs, Tensor targets) = Outputs(check);
        double loss = objective.Losses(outputs, targets, isTraining: false).mean().item<float>();
        return new ValidationResult(loss, objective.MetricName, objective.Metric(outputs, targets), objective.Baseline(targets));
    }

    /// <summary>
    /// Makes the probabilities as certain as the validation rows say (temperature scaling; Guo et al., 2017).
    /// </summary>
    /// <returns>The temperature: above 1 where the network was too certain; 1 where nothing was to be done.</returns>
    public double Calibrate(Action check)
    {
        if (data.ValidationRows.Length == 0 || !objective.HasProbabilities) return 1;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        (Tensor outputs, Tensor targets) = Outputs(check);
        double logTemperature = GoldenSection.Minimum(Math.Log(0.25), Math.Log(1000), x =>
        {
            using DisposeScope step = NewDisposeScope();
            return objective.Losses(outputs * Math.Exp(-x), targets, isTraining: false).sum().item<float>() + Conservatism * x * x;
        });
        network.Head.Sharpen((float)Math.Exp(-logTemperature));
        return Math.Exp(logTemperature);
    }

    /// <summary>What the network says of all validation rows, [V,R], and the truth, [V].</summary>
    private (Tensor Outputs, Tensor Targets) Outputs(Action check)
    {
        var outputs = new List<Tensor>();
        var targets = new List<Tensor>();
        foreach (int[] batch in LengthBuckets.Cut(data.ValidationRows.OrderBy(data.Validation.Sequences.Length), data.Validation.Sequences.Length, ValidationBatchSize))
        {
            check();
            using DisposeScope scope = NewDisposeScope();
            PackedBatch packed = PackedBatch.From(data.Validation.Sequences, batch);
            outputs.Add(network.Forward(packed, ForwardMode.Scoring).MoveToOuterDisposeScope());
            targets.Add(Column(data.Validation.Targets, packed).MoveToOuterDisposeScope());
        }
        return (cat(outputs), cat(targets));
    }

    /// <returns>[B], in the order of the batch's sorted rows.</returns>
    private static Tensor Column(List<float> numbers, PackedBatch batch) => tensor(Array.ConvertAll(batch.Rows, row => numbers[row]));
}
