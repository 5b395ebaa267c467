using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>An experiment that ended or was killed continues: no trial is lost or repeated, and the best model exists.</summary>
public sealed class ExperimentCheckpointTests : ExperimentCase, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _trained;

    private string Folder => _folder.File("search");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_experiment_continues_with_the_remaining_trials(int parallel)
    {
        Experiment<RnnTextClassificationOptions> whole = Counted(9).SetParallelTrials(parallel);
        whole.Run();
        _trained = 0;
        Counted(4).SetCheckpoint(Folder).SetParallelTrials(parallel).Run();
        Assert.Equal(4, _trained);
        Experiment<RnnTextClassificationOptions> rest = Counted(9).SetCheckpoint(Folder).SetParallelTrials(parallel);
        TrialResult best = rest.Run();
        Assert.Equal(9, _trained);
        Assert.Equal(whole.Trials.Select(Line), rest.Trials.Select(Line));
        Assert.Equal(best.Metric, Ml.MulticlassClassification.Evaluate(best.Model!.Transform(Data(30, 7))).LogLoss, 1e-9);
        Assert.Single(Directory.GetFiles(Folder, "best-*"));
    }

    [Fact]
    public void Without_remaining_trials_the_best_model_is_loaded_from_the_folder()
    {
        TrialResult then = Counted(3).SetCheckpoint(Folder).Run();
        _trained = 0;
        TrialResult now = Counted(3).SetCheckpoint(Folder).Run();
        Assert.Equal(0, _trained);
        Assert.Equal(Line(then), Line(now));
        Assert.Equal(Probabilities(then.Model!), Probabilities(now.Model!));
    }

    [Fact]
    public void After_a_kill_no_finished_trial_is_lost_and_none_runs_twice()
    {
        (int exitCode, string[] once) = Repository.SearchInFreshProcess(_folder.File("once.zip"), _folder.File("a"), killInTrial: -1);
        Assert.Equal(0, exitCode);
        (exitCode, string[] killed) = Repository.SearchInFreshProcess(_folder.File("never.zip"), _folder.File("b"), killInTrial: 4);
        Assert.NotEqual(0, exitCode);
        Assert.Equal(["run 0", "end 0", "run 1", "end 1", "run 2", "end 2", "run 3", "end 3", "run 4"], killed);
        Assert.False(File.Exists(_folder.File("never.zip")));
        (exitCode, string[] twice) = Repository.SearchInFreshProcess(_folder.File("twice.zip"), _folder.File("b"), killInTrial: -1);
        Assert.Equal(0, exitCode);
        Assert.Equal(["run 4", "run 5", "run 6"], twice.Where(line => line.StartsWith("run")));
        Assert.Equal(once.Where(line => line.StartsWith("trial") || line.StartsWith("best")),
            twice.Where(line => line.StartsWith("trial") || line.StartsWith("best")));
        Assert.Equal(Probabilities(Ml.Model.Load(_folder.File("once.zip"), out _)), Probabilities(Ml.Model.Load(_folder.File("twice.zip"), out _)));
    }

    [Fact]
    public async Task A_stopped_trial_is_tried_again()
    {
        using var cancel = new CancellationTokenSource();
        Experiment<RnnTextClassificationOptions> broken = Counted(5).SetCheckpoint(Folder)
            .SetMonitor(new Watcher { OnEpoch = (trial, _) => { if (trial.TrialId == 2) cancel.Cancel(); } });
        await broken.RunAsync(cancel.Token);
        Assert.Equal(TrialEnding.Stopped, broken.Trials[^1].Ending);
        Experiment<RnnTextClassificationOptions> rest = Counted(5).SetCheckpoint(Folder), whole = Counted(5);
        rest.Run();
        whole.Run();
        Assert.Equal(whole.Trials.Select(Line), rest.Trials.Select(Line));
    }

    [Fact]
    public void A_failed_trial_is_not_tried_again_and_keeps_its_message()
    {
        int trials = 0;
        Create((ml, options) => trials++ == 1 ? throw new InvalidOperationException("trial 1 is cursed") : Pipeline(ml, options), 3).SetCheckpoint(Folder)
            .Run();
        Experiment<RnnTextClassificationOptions> again = Counted(4).SetCheckpoint(Folder);
        again.Run();
        Assert.Equal(1, _trained);
        Assert.Equal("trial 1 is cursed", again.Trials[1].Exception!.Message);
    }

    [Fact]
    public void A_folder_of_another_experiment_is_rejected_with_the_differences()
    {
        Counted(2).SetCheckpoint(Folder).Run();
        string seed = Assert.Throws<InvalidOperationException>(() => Counted(2).SetCheckpoint(Folder).SetSeed(4).Run()).Message;
        Assert.Contains("now:    seed 4", seed);
        Assert.Contains("before: seed 3", seed);
        string space = Assert.Throws<InvalidOperationException>(() => Counted(2).SetCheckpoint(Folder)
            .SetSearchSpace(Space().Range(o => o.Network.HiddenSize, 3, 99)).Run()).Message;
        Assert.Contains("now:      Network.HiddenSize: 3 to 99", space);
    }

    [Fact]
    public void An_incomplete_line_is_tried_again_and_a_damaged_one_is_rejected()
    {
        Experiment<RnnTextClassificationOptions> whole = Counted(3).SetCheckpoint(Folder);
        whole.Run();
        string file = Path.Combine(Folder, "trials.jsonl");
        string[] lines = File.ReadAllLines(file);
        File.WriteAllText(file, lines[0] + "\n" + lines[1] + "\n" + lines[2][..20]);
        _trained = 0;
        if (File.Exists(Path.Combine(Folder, "best-2.zip")))
            File.Move(Path.Combine(Folder, "best-2.zip"), Path.Combine(Folder, $"best-{BestOfTwo(whole)}.zip"));
        Experiment<RnnTextClassificationOptions> again = Counted(3).SetCheckpoint(Folder);
        again.Run();
        Assert.Equal(1, _trained);
        Assert.Equal(whole.Trials.Select(Line), again.Trials.Select(Line));

        File.WriteAllText(file, lines[0] + "\n" + lines[1][..20] + "\n" + lines[2] + "\n");
        string message = Assert.Throws<FormatException>(() => Counted(3).SetCheckpoint(Folder).Run()).Message;
        Assert.Contains("trials.jsonl, line 2", message);
    }

    [Fact]
    public void A_missing_best_model_is_reported_before_the_search()
    {
        Counted(2).SetCheckpoint(Folder).Run();
        File.Delete(Assert.Single(Directory.GetFiles(Folder, "best-*.zip")));
        _trained = 0;
        Assert.Contains("got no such file", Assert.Throws<FormatException>(() => Counted(3).SetCheckpoint(Folder).Run()).Message);
        Assert.Equal(0, _trained);
    }

    [Fact]
    public void Time_before_a_restart_counts()
    {
        Counted(2).SetCheckpoint(Folder).Run();
        string file = Path.Combine(Folder, "trials.jsonl");
        File.WriteAllText(file, Regex.Replace(File.ReadAllText(file), "\"ElapsedSeconds\":[0-9.E-]+", "\"ElapsedSeconds\":1000"));
        _trained = 0;
        Assert.NotNull(Counted(5).SetCheckpoint(Folder).SetTrainingTimeInSeconds(900).Run().Model);
        Assert.Equal(0, _trained);
    }

    /// <summary>A trial runs out of time after a later trial, the best one, has completed.</summary>
    [Fact]
    public void A_gap_in_the_records_is_filled()
    {
        Experiment<RnnTextClassificationOptions> whole = Counted(6).SetParallelTrials(2).SetCheckpoint(Folder);
        TrialResult best = whole.Run();
        string file = Path.Combine(Folder, "trials.jsonl");
        int missing = best.TrialSettings.TrialId == 0 ? 1 : best.TrialSettings.TrialId - 1;
        File.WriteAllLines(file, File.ReadAllLines(file).Where(line => !line.StartsWith($"{{\"Trial\":{missing},")));
        _trained = 0;
        // No time is left: the recorded trials and the best model are returned.
        Experiment<RnnTextClassificationOptions> later = Counted(6).SetParallelTrials(2).SetCheckpoint(Folder).SetTrainingTimeInSeconds(0);
        Assert.Equal(Line(best), Line(later.Run()));
        Assert.Equal(5, later.Trials.Count);
        Assert.Equal(0, _trained);
        // Fewer trials than there are already.
        Assert.Equal(Line(best), Line(Counted(1).SetParallelTrials(2).SetCheckpoint(Folder).Run()));
        // With more time, only the missing trial runs.
        Experiment<RnnTextClassificationOptions> rest = Counted(6).SetParallelTrials(2).SetCheckpoint(Folder);
        rest.Run();
        Assert.InRange(_trained, 1, 2);
        Assert.Equal(whole.Trials.Select(Line), rest.Trials.Select(Line));
    }

    [Fact]
    public void A_tuner_that_proposes_other_options_than_before_is_rejected()
    {
        Counted(4).SetCheckpoint(Folder).Run();
        string message = Assert.Throws<InvalidOperationException>(() => Counted(5).SetTuner(new TpeTuner(startupTrials: 0)).SetCheckpoint(Folder).Run())
            .Message;
        Assert.Contains("TpeTuner to propose the same options as before", message);
    }

    [Fact]
    public async Task Two_searches_cannot_share_a_folder()
    {
        using var mayGoOn = new ManualResetEventSlim();
        using var isRunning = new ManualResetEventSlim();
        Task<TrialResult> first = Counted(1).SetCheckpoint(Folder).SetMonitor(new Watcher { OnRunning = _ => { isRunning.Set(); mayGoOn.Wait(); } }).RunAsync();
        isRunning.Wait();
        Assert.Contains("another process", (await Assert.ThrowsAsync<IOException>(() => Counted(1).SetCheckpoint(Folder).RunAsync())).Message);
        mayGoOn.Set();
        Assert.NotNull((await first).Model);
    }

    [Fact]
    public void Recorded_failures_name_their_folder()
    {
        Experiment<RnnTextClassificationOptions> cursed = Create((_, _) => throw new InvalidOperationException("cursed"), 9).SetCheckpoint(Folder);
        Assert.Throws<AggregateException>(cursed.Run);
        Assert.Equal(3, cursed.Trials.Count);
        Assert.Contains(Folder, Assert.Throws<AggregateException>(() => Counted(9).SetCheckpoint(Folder).Run()).Message);
        Assert.Equal(0, _trained);
    }

    private static int BestOfTwo(Experiment<RnnTextClassificationOptions> whole) => whole.Trials.Take(2).MinBy(trial => trial.Loss)!.TrialSettings.TrialId;

    private Experiment<RnnTextClassificationOptions> Counted(int trials) => Create((ml, options) =>
    {
        Interlocked.Increment(ref _trained);
        return Pipeline(ml, options);
    }, trials);

    private float[][] Probabilities(ITransformer model)
    {
        IDataView scored = model.Transform(Data(9));
        return [.. scored.GetColumn<float[]>(scored.Schema["Score"])];
    }
}
