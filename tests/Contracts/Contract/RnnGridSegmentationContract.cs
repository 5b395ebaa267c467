using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the segmentation of grids, with GRUs: whether a cell is in a bright line.</summary>
public sealed class RnnGridSegmentationContract : GridContract
{
    public override Type Trainer => typeof(RnnGridSegmentationTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    private static RnnGridNetworkOptions Network => TinyNetwork with { Cell = RnnGridCell.Gru };

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null)
    {
        RnnTrainingOptions training = RnnTextClassificationContract.TinyTraining;
        return ml.MulticlassClassification.Trainers.RnnGridSegmentation(new RnnGridSegmentationOptions
        {
            InputColumnName = "Pixels",
            Width = Width,
            Network = Network,
            Training = change is null ? training : change(training),
        });
    }

    protected override IDataView Data(MLContext ml, int rows) => ml.Data.LoadFromEnumerable(Grids(rows).Select(grid => new Row
    {
        Id = grid.Number,
        Label = [.. grid.IsBright.Select(bright => bright ? "line" : "ground")],
        Pixels = grid.Pixels,
        Numbers = [grid.Number, -grid.Number, grid.Number / 2f],
    }).ToArray());

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.EvaluateSequenceTagging(scored).TokenAccuracy;

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        using var network = NewNetwork.Tagging((Network with { Dropout = 0 }).ToTagging(), random, Input, tags: 3);
        using torch.Tensor loss = network.Forward(PackedBatch.From(TwoGrids(), [0, 1]), new ForwardMode(random)).square().sum();
        loss.backward();
        return Norms(network.Parameters);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        [VectorType(Height * GridContract.Width)]
        public string[] Label { get; set; } = [];

        [VectorType(Height, GridContract.Width)]
        public float[] Pixels { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }
}
