using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>Teaches a network that says one thing of a sequence.</summary>
internal sealed class PooledTraining(PooledNetwork network, Objective objective, TrainingData data) : NetworkTraining(network, data)
{
    private readonly TrainingData _data = data;

    public override Tensor Loss(ReadOnlySpan<int> batch, ForwardMode mode)
    {
        PackedBatch packed = PackedBatch.From(_data.Training, batch);
        Tensor losses = objective.Losses(network.Forward(packed, mode), Column(_data.Training.Targets, packed), mode.IsTraining);      // [B]
        return (_data.Training.Weights is { } weights ? losses * Column(weights, packed) : losses).mean();
    }

    public override int LossCount(ReadOnlySpan<int> batch) => batch.Length;

    public override ValidationResult? Validate(Action check)
    {
        if (_data.ValidationRows.Length == 0) return null;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        (Tensor outputs, Tensor targets) = Outputs(check);
        double loss = objective.Losses(outputs, targets, isTraining: false).mean().item<float>();
        return new ValidationResult(loss, objective.MetricName, objective.Metric(outputs, targets), objective.Baseline(targets));
    }

    /// <summary>Makes the probabilities as certain as the validation rows say.</summary>
    /// <returns>The temperature: above 1 where the network was too certain; 1 where nothing was to be done.</returns>
    public override double Calibrate(Action check)
    {
        if (_data.ValidationRows.Length == 0 || !objective.HasProbabilities) return 1;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        (Tensor outputs, Tensor targets) = Outputs(check);
        double temperature = BestTemperature(sharpness => objective.Losses(outputs * sharpness, targets, isTraining: false).sum().item<float>());
        network.Head.Sharpen((float)(1 / temperature));
        return temperature;
    }

    /// <summary>What the network says of all validation rows, [V,R], and the truth, [V].</summary>
    private (Tensor Outputs, Tensor Targets) Outputs(Action check)
    {
        var outputs = new List<Tensor>();
        var targets = new List<Tensor>();
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope scope = NewDisposeScope();
            outputs.Add(network.Forward(packed, ForwardMode.Scoring).MoveToOuterDisposeScope());
            targets.Add(Column(_data.Validation.Targets, packed).MoveToOuterDisposeScope());
        }
        return (cat(outputs), cat(targets));
    }

    /// <returns>[B], in the order of the batch's sorted rows.</returns>
    private static Tensor Column(List<float> numbers, PackedBatch batch) => tensor(Array.ConvertAll(batch.Rows, row => numbers[row]));
}
