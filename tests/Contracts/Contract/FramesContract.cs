using Microsoft.ML.Data;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the classifier for recordings: three kinds of waves in frames of three values.</summary>
public sealed class FramesContract : RecordingContract
{
    public override Type Trainer => typeof(RnnTextClassificationTrainer);

    protected override string GoldenName => "Frames";

    private static RnnTextClassificationOptions Tiny { get; } = new()
    {
        InputColumnName = "Frames",
        FrameSize = FrameSize,
        Network = RnnTextClassificationContract.TinyNetwork,
        Training = RnnTextClassificationContract.TinyTraining,
    };

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.MulticlassClassification.Trainers.RnnTextClassification(change is null ? Tiny : Tiny with { Training = change(Tiny.Training) });

    protected override IDataView Data(MLContext ml, int rows)
    {
        var random = new Random(5);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row
        {
            Id = i,
            Label = "abc"[i % 3].ToString(),
            Frames = [.. Enumerable.Range(0, FrameSize * Steps).Select(k => 50 + 10 * MathF.Sin((1 + i % 3) * k / 2f) + random.NextSingle())],
            Numbers = [i, -i, i / 2f],
        }).ToArray());
    }

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        using var network = NewNetwork.Pooled(Tiny.Network, random, Input, (parameters, size) => new ClassificationHead(parameters, size, 3));
        using torch.Tensor loss = network.Forward(PackedBatch.From(TwoFrames(), [0]), new ForwardMode(random)).square().sum();
        loss.backward();
        return Norms(network.Parameters);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        [VectorType(FrameSize * Steps)]
        public float[] Frames { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }
}
