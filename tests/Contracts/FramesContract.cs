using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The contract for sequences of numbers: three kinds of waves in frames of three values.</summary>
public sealed class FramesContract : TrainerContract
{
    private const int FrameSize = 3, Steps = 6;

    public override Type Trainer => typeof(RnnTextClassificationTrainer);

    protected override string GoldenName => "Frames";

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    protected override string Score => "Score";

    private static RnnTextClassificationOptions Tiny { get; } = new()
    {
        InputColumnName = "Frames",
        FrameSize = FrameSize,
        Network = RnnTextClassificationContract.TinyNetwork,
        Training = RnnTextClassificationContract.TinyTraining,
    };

    protected override IEstimator<RnnTransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
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

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml)
    {
        IDataView prepared = Model.Prepared;
        yield return (ml.Transforms.DropColumns("Frames").Fit(prepared).Transform(prepared), ["input column 'Frames'", "Vector<Single> with FrameSize"], true);
        yield return (ml.Transforms.CopyColumns("Frames", "Id").Fit(prepared).Transform(prepared), ["input column 'Frames'", "Vector<Single>", "Single"], true);
    }

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [], [1], [50, 51, 52], [float.NaN, 1, 2], [float.PositiveInfinity, float.NegativeInfinity, 0], [1e30f, -1e30f, 1e-30f], [50, 51, 52, 53],
        [.. Enumerable.Repeat(float.NaN, 30)], [.. Enumerable.Range(0, 6000).Select(i => 50f + i % 7)],
    }.Select(frames => new FramesRow { Frames = frames }));

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        using var network = new PooledNetwork(Tiny.Network, random, threads: 1, parameters => new FrameInput(parameters, [1, 2, 3], [1, 1, 2]), (parameters, size) => new SoftmaxHead(parameters, size, 3));
        var sequences = new SequenceStore(FrameSize);
        sequences.Add([1f, 5, 2]);
        sequences.Add([2f, float.NaN, 1]);
        sequences.EndSequence();
        using torch.Tensor loss = network.Forward(PackedBatch.From(sequences, [0]), new ForwardMode(random)).square().sum();
        loss.backward();
        return [.. network.Parameters.Trainable.Select(p => (p.Name, (double)p.Gradient!.norm().item<float>()))];
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

    private sealed class FramesRow
    {
        public float[] Frames { get; set; } = [];
    }
}
