using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>Teaches a network that says something of each step.</summary>
internal sealed class TaggingTraining(TaggingNetwork network, TaggingObjective objective, TrainingData data) : NetworkTraining(network, data)
{
    private readonly TrainingData _data = data;

    public override Tensor Loss(ReadOnlySpan<int> batch, ForwardMode mode)
    {
        PackedBatch packed = PackedBatch.From(_data.Training, batch);
        var labels = StepLabels.Of(_data.Training, packed);
        return network.Head.Loss(network.Forward(packed, mode), labels with { Costs = objective.Costs(labels.Tags) }, packed) / packed.Count;
    }

    public override int LossCount(ReadOnlySpan<int> batch)
    {
        int steps = 0;
        foreach (int row in batch) steps += Length(row);
        return steps;
    }

    public override ValidationResult? Validate(Action check)
    {
        if (_data.ValidationRows.Length == 0) return null;
        using var noGradients = no_grad();
        TagDecoder decoder = objective.Decoder(network.Head);
        TagTally tally = objective.NewTally();
        double loss = 0;
        long steps = 0;
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor emissions = network.Forward(packed, ForwardMode.Scoring);                    // [N,R]
            var labels = StepLabels.Of(_data.Validation, packed);
            loss += network.Head.Loss(emissions, labels with { Weights = null }, packed).item<float>();
            steps += packed.Count;
            for (int b = 0; b < packed.Rows.Length; b++) tally.Add(labels.TagsOf(packed, b), decoder.Decode(Row(emissions, packed, b)).Tags);
        }
        return new ValidationResult(loss / steps, objective.MetricName, tally.Metric, tally.Baseline);
    }

    /// <summary>Makes the probabilities as certain as the validation rows say.</summary>
    /// <returns>The temperature: above 1 where the network was too certain; 1 where nothing was to be done.</returns>
    public override double Calibrate(Action check)
    {
        if (_data.ValidationRows.Length == 0) return 1;
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        var batches = new List<(PackedBatch Batch, Tensor Emissions, StepLabels Labels)>();
        foreach (PackedBatch packed in ValidationBatches(check))
        {
            using DisposeScope step = NewDisposeScope();
            batches.Add((packed, network.Forward(packed, ForwardMode.Scoring).MoveToOuterDisposeScope(), StepLabels.Of(_data.Validation, packed) with { Weights = null }));
        }
        double temperature = BestTemperature(sharpness => batches.Sum(b => (double)network.Head.Loss(b.Emissions, b.Labels, b.Batch, sharpness).item<float>()));
        network.Head.Sharpen((float)(1 / temperature));
        return temperature;
    }

    /// <returns>What is said of the steps of a sorted row, [T,R].</returns>
    private static float[] Row(Tensor emissions, PackedBatch batch, int row)
    {
        int width = (int)emissions.shape[1];
        var own = new float[batch.Lengths[row] * width];
        ReadOnlySpan<float> all = emissions.Span();
        for (int t = 0; t < batch.Lengths[row]; t++) all.Slice(batch.Position(row, t) * width, width).CopyTo(own.AsSpan(t * width));
        return own;
    }
}
