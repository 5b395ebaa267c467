using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>Experiments that search for the options of trainers of grids, in the default space.</summary>
public class GridExperimentTests
{
    private static readonly RnnTrainingOptions Training = new() { MaxEpochs = 2, Threads = 1 };

    private readonly MLContext _ml = new(1);

    [Fact]
    public void A_classifier_is_searched_in_the_default_space()
    {
        var start = new RnnGridClassificationOptions { InputColumnName = "Pixels", Training = Training };
        IDataView validation = Data(15, seed: 2);
        Experiment<RnnGridClassificationOptions> experiment = _ml.Rnn().CreateExperiment<RnnGridClassificationOptions>()
            .SetPipeline((context, options) => context.Transforms.Conversion.MapValueToKey("Label")
                .Append(context.MulticlassClassification.Trainers.RnnGridClassification(options)))
            .SetSearchSpace(new OptionSpace<RnnGridClassificationOptions>(start))
            .SetDataset(Data(30, seed: 1), validation)
            .SetMetric(ClassificationMetric.LogLoss)
            .SetMaxModelToExplore(5)
            .SetSeed(3);
        TrialResult best = experiment.Run();
        Assert.Equal(5, experiment.Trials.Count);
        Assert.Equal(best.Metric, _ml.MulticlassClassification.Evaluate(best.Model!.Transform(validation)).LogLoss, 1e-5);
        RnnGridNetworkOptions[] networks =
            [.. experiment.Trials.Select(trial => ((RnnGridClassificationOptions)trial.TrialSettings.Options).Network).Distinct()];
        Assert.True(networks.Length > 2, "the trials have the same network");
        Assert.All(networks, network => Assert.True(network.HiddenSize is >= 16 and <= 64 && network.Layers <= 3));
    }

    [Fact]
    public void A_segmentation_is_searched_by_the_accuracy_of_its_cells()
    {
        var start = new RnnGridSegmentationOptions { InputColumnName = "Pixels", LabelColumnName = "Cells", Training = Training };
        IDataView validation = Data(15, seed: 2);
        TrialResult best = _ml.Rnn().CreateExperiment<RnnGridSegmentationOptions>()
            .SetPipeline((context, options) => context.MulticlassClassification.Trainers.RnnGridSegmentation(options))
            .SetSearchSpace(new OptionSpace<RnnGridSegmentationOptions>(start))
            .SetDataset(Data(30, seed: 1), validation)
            .SetMetric(TaggingMetric.TokenAccuracy, "Cells")
            .SetMaxModelToExplore(2)
            .SetSeed(3)
            .Run();
        double expected = _ml.MulticlassClassification.EvaluateSequenceTagging(best.Model!.Transform(validation), "Cells").TokenAccuracy;
        Assert.Equal(expected, best.Metric, 1e-6);
    }

    private IDataView Data(int rows, int seed)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i =>
        {
            bool[] isBright = [.. Enumerable.Range(0, 36).Select(cell => i % 3 == 0 ? cell / 6 == 2 : i % 3 == 1 ? cell % 6 == 2 : cell / 6 == cell % 6)];
            return new Row
            {
                Label = "abc"[i % 3].ToString(),
                Cells = [.. isBright.Select(bright => bright ? "line" : "ground")],
                Pixels = [.. isBright.Select(bright => (bright ? 1 : 0) + random.NextSingle())],
            };
        }).ToArray());
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        [VectorType(36)]
        public string[] Cells { get; set; } = [];

        [VectorType(6, 6)]
        public float[] Pixels { get; set; } = [];
    }
}
