using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The training of a network with one output per sequence.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">The loss and the validation metric.</param>
/// <param name="data">The training and validation rows.</param>
internal sealed class PooledTraining(PooledNetwork network, PooledObjective objective, TrainingData data) : NetworkTraining(network, data)
{
    private readonly TrainingData _data = data;

    public override Tensor Loss(TrainingStep step, ForwardMode mode)
    {
        PackedBatch packed = PackedBatch.From(_data.Training, step.Rows);
        Tensor targets = Column(_data.Training.Targets, packed);                    // [B]
        (Tensor recurrent, Tensor? wide) = network.ForwardPaths(packed, mode);      // [B,R]
        Tensor losses = PathLosses.Of(recurrent, wide, outputs => objective.Losses(outputs, targets, mode.IsTraining));      // [B]
        return (_data.Training.Weights is { } weights ? losses * Column(weights, packed) : losses).mean();
    }

    protected override int LossCount(int rows, int tokens) => rows;

    public override ValidationResult? Validate(Action check)
    {
        if (_data.ValidationRows.Length == 0) return null;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        if (network.Head.Wide is { } wide && WideLoss(wide.Forward, check) < WideLoss(batch => wide.Forward(batch, ForwardMode.Scoring), check))
            wide.Weights.KeepBest();
        (Tensor outputs, Tensor targets) = Outputs(packed => network.Forward(packed, ForwardMode.Scoring), check);
        double loss = MeanLoss(outputs, targets);
        return new ValidationResult(loss, objective.MetricName, objective.Metric(outputs, targets), objective.Baseline(targets));
    }

    public override double Calibrate(Action check)
    {
        if (_data.ValidationRows.Length == 0 || !objective.HasProbabilities) return 1;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        (Tensor outputs, Tensor targets) = Outputs(packed => network.Forward(packed, ForwardMode.Scoring), check);
        double temperature = Calibration.BestTemperature(
            sharpness => objective.Losses(outputs.Times(sharpness), targets, isTraining: false).sum().item<float>());
        network.Head.Sharpen((float)(1 / temperature));
        return temperature;
    }

    /// <summary>Computes the loss of the wide path alone on the validation rows.</summary>
    /// <param name="scores">Computes its scores, [B,R].</param>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    private double WideLoss(Func<PackedBatch, Tensor> scores, Action check)
    {
        (Tensor outputs, Tensor targets) = Outputs(packed => network.Head.Forward(null, scores(packed).Times(2)), check);
        return MeanLoss(outputs, targets);
    }

    private double MeanLoss(Tensor outputs, Tensor targets) => objective.Losses(outputs, targets, isTraining: false).mean().item<float>();

    /// <summary>Computes the outputs of all validation rows, [V,R], and returns them with the true labels, [V].</summary>
    /// <param name="forward">Computes the outputs of a batch, [B,R].</param>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    private (Tensor Outputs, Tensor Targets) Outputs(Func<PackedBatch, Tensor> forward, Action check)
    {
        var outputs = new List<Tensor>();
        var targets = new List<Tensor>();
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope scope = NewDisposeScope();
            outputs.Add(forward(packed).MoveToOuterDisposeScope());
            targets.Add(Column(_data.Validation.Targets, packed).MoveToOuterDisposeScope());
        }
        return (cat(outputs), cat(targets));
    }

    /// <summary>Returns one number per row, [B], in the order of the batch's sorted rows.</summary>
    private static Tensor Column(List<float> numbers, PackedBatch batch) => tensor(Array.ConvertAll(batch.Rows, row => numbers[row]));
}
