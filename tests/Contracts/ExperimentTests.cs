using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>Experiments as a user runs them: tables that repeat, pruning, failures, cancelling, restarts, pipelines of any kind.</summary>
public class ExperimentTests
{
    private static readonly string[] Topics = ["late", "double", "locked"];
    private readonly MLContext _ml = new(1);

    private static OptionSpace<RnnTextClassificationOptions> Space(int epochs = 2) =>
        new OptionSpace<RnnTextClassificationOptions>(RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = epochs, Seed = null } })
            .Fix(o => o.Training).Fix(o => o.Network).Fix(o => o.Text)
            .Choice(o => o.Network.Cell, RnnCell.Lstm, RnnCell.Gru, RnnCell.MinGru)
            .Range(o => o.Network.HiddenSize, 3, 12)
            .Range(o => o.Training.LearningRate, 1e-3f, 5e-2f, logarithmic: true);

    private Experiment<RnnTextClassificationOptions> Create(int trials = 6, int epochs = 2) => _ml.Rnn().CreateExperiment<RnnTextClassificationOptions>()
        .SetPipeline((ml, o) => ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(o))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")))
        .SetSearchSpace(Space(epochs))
        .SetDataset(Data(60), Data(30, 7))
        .SetMetric(ClassificationMetric.LogLoss)
        .SetMaxModelToExplore(trials)
        .SetPruner(null)
        .SetSeed(3);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_table(int parallel)
    {
        string[] Table()
        {
            Experiment<RnnTextClassificationOptions> experiment = Create(12).SetTuner(new TpeTuner()).SetPruner(new MedianPruner(2, 1)).SetParallelTrials(parallel);
            TrialResult best = experiment.Run();
            Assert.Equal(12, experiment.Trials.Count);
            Assert.Equal(experiment.Trials.Min(trial => trial.Loss), best.Loss);
            Assert.Single(experiment.Trials, trial => trial.Model is not null);
            return [.. experiment.Trials.Select(trial => $"{trial.TrialSettings.TrialId} {trial.TrialSettings.Seed} {string.Join(' ', trial.TrialSettings.Parameter)} {trial.Ending} {trial.Metric:R} {string.Join(' ', trial.Curve)}")];
        }

        string[] first = Table();
        Assert.Equal(first, Table());
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void The_first_trial_is_the_start_and_each_has_a_seed_of_its_own()
    {
        Experiment<RnnTextClassificationOptions> experiment = Create(4);
        TrialResult best = experiment.Run();
        var start = (RnnTextClassificationOptions)experiment.Trials[0].TrialSettings.Options;
        Assert.Equal(RnnTextClassificationContract.Tiny.Network, start.Network);
        Assert.Equal(4, experiment.Trials.Select(trial => trial.TrialSettings.Seed).Distinct().Count());
        // The model is the one that the table tells of.
        var metrics = _ml.MulticlassClassification.Evaluate(best.Model!.Transform(Data(30, 7)));
        Assert.Equal(best.Metric, metrics.LogLoss, 1e-9);
        Assert.IsType<MulticlassClassificationMetrics>(best.Metrics);
    }

    private IDataView Data(int rows, int offset = 0) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(offset, rows).Select(i => new Row { Label = Topics[i % 3], Text = $"{Topics[i % 3]} word{i % 7} word{i % 5}" }).ToArray());

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
