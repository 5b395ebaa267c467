using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>The endings of trials and experiments: canceled, out of time, failed, too much memory, pruned.</summary>
public class ExperimentEndingTests : ExperimentCase
{
    private const int Endless = 100_000;

    [Fact]
    public async Task Cancellation_ends_the_running_trial_and_returns_the_best_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var watcher = new Watcher { OnEpoch = (trial, progress) => { if (trial.TrialId == 1 && progress.Epoch == 2) cancel.Cancel(); } };
        Experiment<RnnTextClassificationOptions> experiment = Create(Endless, 3).SetMonitor(watcher);
        TrialResult best = await experiment.RunAsync(cancel.Token);
        Assert.Equal([TrialEnding.Completed, TrialEnding.Stopped], experiment.Trials.Select(trial => trial.Ending));
        Assert.Equal(2, experiment.Trials[1].Curve.Count);
        Assert.Equal(experiment.Trials.Min(trial => trial.Metric), best.Metric);
        Assert.Equal(30, Rows(best.Model!.Transform(Data(30, 7))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_the_end_the_report_contains_all_trials(bool fails)
    {
        using var folder = new TemporaryFolder();
        string report = folder.File("report.html");
        using var cancel = new CancellationTokenSource();
        var watcher = new Watcher { OnRunning = trial => { if (trial.TrialId == 3 && !fails) cancel.Cancel(); } };
        Task<TrialResult> run = Create(6).SetMonitor(watcher).SetTuner(new FaultyTuner(fails ? 3 : int.MaxValue)).SetReport(report).RunAsync(cancel.Token);
        if (fails) await Assert.ThrowsAsync<NotSupportedException>(() => run);
        else await run;
        string page = File.ReadAllText(report);
        Assert.All(Enumerable.Range(0, 3), trial => Assert.Contains($"Trial {trial}:", page));
    }

    [Fact]
    public async Task RunAsync_returns_at_once()
    {
        using var mayGoOn = new ManualResetEventSlim();
        Task<TrialResult> running = Create(1).SetMonitor(new Watcher { OnRunning = _ => mayGoOn.Wait() }).RunAsync();
        Assert.False(running.IsCompleted);
        mayGoOn.Set();
        Assert.NotNull((await running).Model);
    }

    [Fact]
    public async Task Cancellation_before_the_first_model_throws()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var e = await Assert.ThrowsAsync<OperationCanceledException>(() => Create().RunAsync(cancel.Token));
        Assert.Equal(cancel.Token, e.CancellationToken);
    }

    [Fact]
    public void At_the_end_of_the_time_the_best_epoch_of_the_running_trial_counts()
    {
        Create(1).Run();            // loads libtorch
        Experiment<RnnTextClassificationOptions> experiment = Create(Endless, Endless).SetSearchSpace(Patient()).SetTrainingTimeInSeconds(2);
        TrialResult best = experiment.Run();
        Assert.Equal(TrialEnding.Stopped, Assert.Single(experiment.Trials).Ending);
        Assert.True(best.Curve.Count > 1);
        Assert.Equal(30, Rows(best.Model!.Transform(Data(30, 7))));
    }

    [Fact]
    public void The_end_of_the_time_before_the_first_model_throws()
    {
        string message = Assert.Throws<TimeoutException>(() => Create().SetTrainingTimeInSeconds(0).Run()).Message;
        Assert.Contains("more time", message);
    }

    [Fact]
    public void A_trainer_of_ML_NET_is_canceled()
    {
        static IEstimator<ITransformer> Slow(MLContext ml) =>
            ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.Text.FeaturizeText("Features", "Text"))
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new Microsoft.ML.Trainers.SdcaMaximumEntropyMulticlassTrainer.Options
                {
                    MaximumNumberOfIterations = 10_000_000,
                    ConvergenceTolerance = 1e-30f,
                    NumberOfThreads = 1,
                    ConvergenceCheckFrequency = int.MaxValue
                }))
            .Append(new Unreached());
        Create(1).Run();            // loads libtorch
        var log = new List<string>();
        Ml.Log += (_, e) => log.Add(e.Message);
        Unreached.IsReached = false;
        Experiment<RnnTextClassificationOptions> experiment = Create(2).AddPipeline("Slow", Slow).SetTrainingTimeInSeconds(3);
        TrialResult best = experiment.Run();
        Assert.Equal(0, best.TrialSettings.TrialId);
        Assert.Single(experiment.Trials);
        Assert.False(Unreached.IsReached);
        Assert.DoesNotContain(log, line => line.Contains("abandoned"));
    }

    [Fact]
    public void A_failed_trial_is_reported_with_its_exception_and_skipped()
    {
        var watcher = new Watcher();
        Experiment<RnnTextClassificationOptions> experiment = Create(FailingIn(1), 4).SetMonitor(watcher);
        TrialResult best = experiment.Run();
        Assert.NotNull(best.Model);
        Assert.Equal([TrialEnding.Completed, TrialEnding.Failed, TrialEnding.Completed, TrialEnding.Completed],
            experiment.Trials.Select(trial => trial.Ending));
        Assert.Equal("trial 1 is cursed", Assert.Single(watcher.Failed).Exception!.Message);
        Assert.Equal("trial 1 is cursed", experiment.Trials[1].Exception!.Message);
        Assert.True(double.IsNaN(experiment.Trials[1].Metric));
        Assert.Equal(double.PositiveInfinity, experiment.Trials[1].Loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Three_failures_at_the_start_end_the_experiment_with_their_exceptions(int parallel)
    {
        Experiment<RnnTextClassificationOptions> experiment = Create(FailingIn([.. Enumerable.Range(0, 50)]), 50).SetParallelTrials(parallel);
        AggregateException thrown = Assert.Throws<AggregateException>(experiment.Run);
        Assert.InRange(thrown.InnerExceptions.Count, 3, 3 + parallel - 1);
        Assert.Contains("trial 0 is cursed", thrown.Message);
        Assert.Contains(thrown.InnerExceptions, inner => inner.Message == "trial 2 is cursed");
    }

    [Fact]
    public async Task A_failure_is_reported_even_if_the_experiment_is_canceled()
    {
        using var cancel = new CancellationTokenSource();
        Experiment<RnnTextClassificationOptions> experiment = Create(3).SetMonitor(new Watcher { OnEpoch = (_, _) => cancel.Cancel() })
            .SetMetric("wrong", true, (ml, scored) => ml.MulticlassClassification.Evaluate(scored, "Topic").MicroAccuracy);
        AggregateException thrown = await Assert.ThrowsAsync<AggregateException>(() => experiment.RunAsync(cancel.Token));
        Assert.Contains("Topic", thrown.Message);
        Assert.Equal(TrialEnding.Failed, Assert.Single(experiment.Trials).Ending);
    }

    [Fact]
    public void An_estimator_after_our_trainer_is_canceled()
    {
        static IEstimator<ITransformer> Slow(MLContext ml, RnnTextClassificationOptions options) => Pipeline(ml, options)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new Microsoft.ML.Trainers.SdcaMaximumEntropyMulticlassTrainer.Options
                {
                    FeatureColumnName = "Score",
                    MaximumNumberOfIterations = 10_000_000,
                    ConvergenceTolerance = 1e-30f,
                    NumberOfThreads = 1,
                    ConvergenceCheckFrequency = int.MaxValue
                }));
        Create(1).Run();            // loads libtorch
        Assert.Throws<TimeoutException>(() => Create(Slow, 1).SetTrainingTimeInSeconds(2).Run());
    }

    [Fact]
    public void A_metric_that_is_not_finite_fails_the_trial()
    {
        AggregateException thrown = Assert.Throws<AggregateException>(() => Create(1).SetMetric("none", true, (_, _) => double.NaN).Run());
        Assert.Contains("'none': expected a finite number, got NaN", thrown.Message);
    }

    [Fact]
    public void Only_the_trial_with_too_much_memory_fails()
    {
        const int Limit = 800;
        Create(1).Run();            // loads libtorch
        int trials = 0;
        // Trains until it is canceled, and allocates more memory with every batch.
        IEstimator<ITransformer> Chain(MLContext ml, RnnTextClassificationOptions options) => trials++ != 1 ? Pipeline(ml, options)
            : Pipeline(ml, options with
            {
                Training = options.Training with
                {
                    MaxEpochs = Endless,
                    Patience = Endless,
                    Progress = new Hungry(megaBytes: 100)
                }
            });

        Experiment<RnnTextClassificationOptions> experiment = Create(Chain, 3).SetMaximumMemoryUsageInMegaByte(Limit);
        experiment.Run();
        Assert.Equal([TrialEnding.Completed, TrialEnding.Failed, TrialEnding.Completed], experiment.Trials.Select(trial => trial.Ending));
        Assert.Contains("expected the memory of the process to grow by at most 800 MB",
            Assert.IsType<InsufficientMemoryException>(experiment.Trials[1].Exception).Message);
    }

    [Fact]
    public void A_pruned_trial_keeps_its_best_epoch()
    {
        Experiment<RnnTextClassificationOptions> experiment = Create(3, 5).SetPruner(new After(trial: 1, epochs: 2));
        experiment.Run();
        Assert.Equal([TrialEnding.Completed, TrialEnding.Pruned, TrialEnding.Completed], experiment.Trials.Select(trial => trial.Ending));
        Assert.Equal([5, 2, 5], experiment.Trials.Select(trial => trial.Curve.Count));
        Assert.True(double.IsFinite(experiment.Trials[1].Metric));
    }

    [Fact]
    public async Task A_trial_with_fewer_folds_ranks_below_one_with_all()
    {
        using var cancel = new CancellationTokenSource();
        int measured = 0;
        // The first fold of the second trial is by far the best that was ever measured.
        Experiment<RnnTextClassificationOptions> experiment = Create(5).SetDataset(Data(60), fold: 3).SetMetric("turn", maximize: true, (_, _) =>
        {
            if (++measured == 4) cancel.Cancel();
            return measured;
        });
        TrialResult best = await experiment.RunAsync(cancel.Token);
        Assert.Equal(2, experiment.Trials.Count);
        Assert.Equal(TrialEnding.Stopped, experiment.Trials[1].Ending);
        Assert.Equal(4, experiment.Trials[1].Metric);
        Assert.Equal(0, best.TrialSettings.TrialId);
        Assert.Equal(2, best.Metric);
    }

    private static OptionSpace<RnnTextClassificationOptions> Patient()
    {
        RnnTextClassificationOptions start = Start(Endless);
        return new OptionSpace<RnnTextClassificationOptions>(start with { Training = start.Training with { Patience = Endless } });
    }

    private static Func<MLContext, RnnTextClassificationOptions, IEstimator<ITransformer>> FailingIn(params int[] cursed)
    {
        int trials = -1;
        return (ml, options) =>
            cursed.Contains(Interlocked.Increment(ref trials)) ? throw new InvalidOperationException($"trial {trials} is cursed") : Pipeline(ml, options);
    }

    private static long Rows(IDataView view) => view.Preview(int.MaxValue).RowView.Length;

    private sealed class After(int trial, int epochs) : IPruner
    {
        public bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others) =>
            running.TrialSettings.TrialId == trial && running.Curve.Count == epochs;
    }

    /// <summary>Allocates memory slowly enough to be canceled, with a limit that protects the machine.</summary>
    private sealed class Hungry(int megaBytes) : IProgress<RnnTrainingProgress>
    {
        private const int Most = 60;
        private readonly List<byte[]> _taken = [];

        public void Report(RnnTrainingProgress value)
        {
            if (_taken.Count == Most) throw new InvalidOperationException("took 6 GB and nobody minded");
            byte[] bytes = GC.AllocateUninitializedArray<byte>(megaBytes << 20);
            Array.Fill(bytes, (byte)1);
            _taken.Add(bytes);
            Thread.Sleep(50);
        }
    }

    private sealed class Unreached : IEstimator<ITransformer>
    {
        public static bool IsReached { get; set; }

        public ITransformer Fit(IDataView input)
        {
            IsReached = true;
            throw new InvalidOperationException("the trainer was not canceled before");
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private sealed class FaultyTuner(int trial) : ITuner
    {
        public IReadOnlyList<double> Propose(TrialSettings settings) =>
            settings.TrialId == trial ? throw new NotSupportedException() : [.. settings.Dimensions.Select(_ => 0.5)];

        public void Update(TrialResult result)
        {
        }
    }
}
