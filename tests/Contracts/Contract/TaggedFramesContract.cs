using Microsoft.ML.Data;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>
/// The contract of the tagger for recordings with a label for each frame: loud and quiet frames of three values, which are hard to distinguish. The
/// tags do not depend on each other.
/// </summary>
public sealed class TaggedFramesContract : RecordingContract
{
    public override Type Trainer => typeof(RnnSequenceTaggingTrainer);

    protected override string GoldenName => "TaggedFrames";

    private static RnnSequenceTaggingOptions Tiny { get; } = RnnSequenceTaggingContract.Tiny with { InputColumnName = "Frames", FrameSize = FrameSize };

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.MulticlassClassification.Trainers.RnnSequenceTagging(change is null ? Tiny : Tiny with { Training = change(Tiny.Training) });

    protected override IDataView Data(MLContext ml, int rows)
    {
        var random = new Random(5);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i =>
        {
            bool[] isLoud = [.. Enumerable.Range(0, Steps).Select(t => t == 0 || t > 1 && random.Next(2) == 0)];
            return new Row
            {
                Id = i,
                Label = [.. isLoud.Select(loud => loud ? "loud" : "quiet")],
                Frames = [.. isLoud.SelectMany(loud => Enumerable.Range(0, FrameSize).Select(_ => (loud ? 50 : 46) + 10 * random.NextSingle()))],
                Numbers = [i, -i, i / 2f],
            };
        }).ToArray());
    }

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.EvaluateSequenceTagging(scored).TokenAccuracy;

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        // The tags do not depend on each other. The transitions of a CRF would get no gradient from the scores alone.
        using var network = NewNetwork.Tagging(Tiny.Network with { Dependency = RnnTagDependency.None }, random, Input, tags: 3);
        using torch.Tensor loss = network.Forward(PackedBatch.From(TwoFrames(), [0]), new ForwardMode(random)).square().sum();
        loss.backward();
        return Norms(network.Parameters);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        [VectorType(Steps)]
        public string[] Label { get; set; } = [];

        [VectorType(FrameSize * Steps)]
        public float[] Frames { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }
}
