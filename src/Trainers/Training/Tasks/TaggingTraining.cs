using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The training of a network with one output per step.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">The loss.</param>
/// <param name="newMetric">Creates the counts of a pass over the validation rows.</param>
/// <param name="data">The training and validation rows.</param>
internal sealed class TaggingTraining(TaggingNetwork network, TaggingObjective objective, Func<TaggingValidationMetric> newMetric, TrainingData data)
    : NetworkTraining(network, data)
{
    private readonly TrainingData _data = data;
    private readonly IndependentTaggingObjective _linearObjective = new(costs: null);

    public override Tensor Loss(TrainingStep step, ForwardMode mode)
    {
        PackedBatch packed = PackedBatch.From(_data.Training, step.Rows);
        StepLabels labels = StepLabels.Of(_data.Training, packed);
        (Tensor recurrent, Tensor? linear) = network.ForwardPaths(packed, mode);                // [N,R]
        Tensor loss = PathLosses.Of(recurrent, linear, outputs => objective.Loss(outputs, labels, packed, isTraining: true),
            outputs => _linearObjective.Loss(outputs, labels, packed));
        return loss.DividedBy(packed.Count);
    }

    protected override int LossCount(int rows, int tokens) => tokens;

    public override ValidationResult? Validate(Action check)
    {
        if (_data.ValidationRows.Length == 0) return null;
        using var noGradients = no_grad();
        network.KeepBest(outputs => LinearLoss(outputs, check));
        TagDecoder decoder = network.CreateDecoder();
        TaggingValidationMetric metric = newMetric();
        double loss = 0;
        long steps = 0;
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor emissions = network.Forward(packed, ForwardMode.Scoring);                    // [N,R]
            StepLabels labels = ValidationLabels(packed);
            loss += objective.Loss(emissions, labels, packed).item<float>();
            steps += packed.Count;
            for (int b = 0; b < packed.Rows.Length; b++) metric.Add(labels.TagsOf(packed, b), decoder.Decode(Row(emissions, packed, b)).Tags);
        }
        return new ValidationResult(loss / steps, metric.MetricName, metric.Metric, metric.Baseline);
    }

    public override double Calibrate(Action check)
    {
        if (_data.ValidationRows.Length == 0) return 1;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        var batches = new List<(PackedBatch Batch, Tensor Emissions, StepLabels Labels)>();
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope step = NewDisposeScope();
            batches.Add((packed, network.Forward(packed, ForwardMode.Scoring).MoveToOuterDisposeScope(), ValidationLabels(packed)));
        }
        double temperature = Calibration.BestTemperature(sharpness =>
            batches.Sum(b => (double)objective.Loss(b.Emissions, b.Labels, b.Batch, sharpness: sharpness).item<float>()));
        network.Sharpen((float)(1 / temperature));
        return temperature;
    }

    /// <summary>Computes the loss of the linear path alone on the validation rows.</summary>
    /// <param name="outputs">Computes its outputs, [N,K].</param>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    private double LinearLoss(Func<PackedBatch, Tensor> outputs, Action check)
    {
        double sum = 0;
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope scope = NewDisposeScope();
            sum += _linearObjective.Loss(outputs(packed), ValidationLabels(packed), packed).item<float>();
        }
        return sum;
    }

    /// <summary>Returns the true tags of validation rows, which all have the same weight.</summary>
    private StepLabels ValidationLabels(PackedBatch batch) => StepLabels.Of(_data.Validation, batch) with { Weights = null };

    /// <summary>Returns the emissions of a sorted row, [T,R].</summary>
    private static float[] Row(Tensor emissions, PackedBatch batch, int row)
    {
        int width = (int)emissions.shape[1];
        var own = new float[batch.Lengths[row] * width];
        ReadOnlySpan<float> all = emissions.Span();
        for (int t = 0; t < batch.Lengths[row]; t++) all.Slice(batch.Position(row, t) * width, width).CopyTo(own.AsSpan(t * width));
        return own;
    }
}
