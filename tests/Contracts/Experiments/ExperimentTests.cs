using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>The trials and the result of an experiment: reproducible trials, seeds, the best model.</summary>
public class ExperimentTests : ExperimentCase
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_trials(int parallel)
    {
        string[] Table()
        {
            Experiment<RnnTextClassificationOptions> experiment = Create(14, 4).SetTuner(new TpeTuner()).SetPruner(new MedianPruner(2, 1))
                .SetParallelTrials(parallel);
            TrialResult best = experiment.Run();
            Assert.Equal(14, experiment.Trials.Count);
            Assert.Contains(experiment.Trials, trial => trial.Ending == TrialEnding.Pruned);
            Assert.Equal(experiment.Trials.Min(trial => trial.Loss), best.Loss);
            Assert.Single(experiment.Trials, trial => trial.Model is not null);
            return [.. experiment.Trials.Select(Line)];
        }

        string[] first = Table();
        Assert.Equal(first, Table());
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Running_trials_are_compared_by_the_kind_of_the_metric()
    {
        Experiment<RnnTextClassificationOptions> byLoss = Create(trials: 1), byAccuracy = Create(trials: 1).SetMetric(ClassificationMetric.MicroAccuracy);
        byLoss.Run();
        byAccuracy.Run();
        Assert.All(byLoss.Trials[0].Curve, point => Assert.True(point < 0));
        Assert.All(byAccuracy.Trials[0].Curve, point => Assert.InRange(point, 0, 1));
        Assert.Equal(byLoss.Trials[0].Curve.Count, byAccuracy.Trials[0].Curve.Count);
        Assert.NotEmpty(byLoss.Trials[0].Curve);
    }

    [Fact]
    public void The_first_trial_is_the_start_and_each_trial_has_its_own_seed()
    {
        Experiment<RnnTextClassificationOptions> experiment = Create(4);
        TrialResult best = experiment.Run();
        var start = (RnnTextClassificationOptions)experiment.Trials[0].TrialSettings.Options;
        Assert.Equal(RnnTextClassificationContract.Tiny.Network, start.Network);
        Assert.Equal(4, experiment.Trials.Select(trial => trial.TrialSettings.Seed).Distinct().Count());
        // The returned model is the best model in the table.
        MulticlassClassificationMetrics metrics = Ml.MulticlassClassification.Evaluate(best.Model!.Transform(Data(30, 7)));
        Assert.Equal(best.Metric, metrics.LogLoss, 1e-9);
        Assert.IsType<MulticlassClassificationMetrics>(best.Metrics);
    }

    [Fact]
    public void The_best_options_train_the_same_model_again()
    {
        TrialResult best = Create(3).Run();
        var options = (RnnTextClassificationOptions)best.TrialSettings.Options;
        IDataView train = Data(60), validation = Data(30, 7);
        ITransformer keys = Ml.Transforms.Conversion.MapValueToKey("Label").Fit(train);
        options = options with { Training = options.Training with { Seed = best.TrialSettings.Seed, ValidationSet = keys.Transform(validation) } };
        MulticlassClassificationMetrics alone = Ml.MulticlassClassification.Evaluate(Pipeline(Ml, options).Fit(train).Transform(validation));
        Assert.Equal(best.Metric, alone.LogLoss, 1e-9);
    }

    [Fact]
    public void A_custom_metric_is_averaged_over_folds()
    {
        var measured = new List<double>();
        TrialResult best = Create(1).SetMetric("rows", maximize: true, (ml, scored) =>
        {
            measured.Add(scored.GetColumn<string>("PredictedLabel").Count());
            return measured[^1];
        }).SetDataset(Data(60), fold: 3).Run();
        Assert.Equal(3, measured.Count);
        Assert.Equal(20, best.Metric, 1e-9);
        Assert.Equal(-20, best.Loss, 1e-9);
        Assert.Equal(60, measured.Sum());
    }

    [Fact]
    public void An_exception_of_a_monitor_is_logged_and_has_no_other_effect()
    {
        var log = new List<string>();
        Ml.Log += (_, e) => log.Add(e.Message);
        var told = new Watcher { OnRunning = _ => throw new InvalidOperationException("no paper") };
        TrialResult best = Create(3).SetMonitor(told).Run();
        Assert.NotNull(best.Model);
        Assert.Equal(3, told.Completed.Count);
        Assert.Same(best.TrialSettings, told.Best[^1].TrialSettings);
        Assert.Equal(3, log.Count(line => line.Contains("Watcher threw InvalidOperationException: no paper")));
    }

    [Fact]
    public void Everything_that_is_not_set_is_reported_together()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Ml.Rnn().CreateExperiment<RnnTextClassificationOptions>().SetCheckpoint("x").Run())
            .Message;
        Assert.All(["SetPipeline", "SetDataset", "SetMetric", "SetTrainingTimeInSeconds or SetMaxModelToExplore", "SetSeed"], name =>
            Assert.Contains(name, message));
        Assert.False(Directory.Exists("x"));
    }

    [Fact]
    public void A_tuner_with_an_invalid_proposal_is_named()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Create(3).SetTuner(new Nonsense()).Run()).Message;
        Assert.Contains("Nonsense.Propose", message);
        Assert.Contains("1.5", message);
    }

    private sealed class Nonsense : ITuner
    {
        public IReadOnlyList<double> Propose(TrialSettings settings) => [.. settings.Dimensions.Select(_ => 1.5)];

        public void Update(TrialResult result)
        {
        }
    }
}
