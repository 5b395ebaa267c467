using System.Diagnostics;

namespace MlNetRnn.Experiments;

/// <summary>Runs the trials of an experiment, as many at once as it was told, until time, number or user end it.</summary>
internal sealed class ExperimentRun(ExperimentPlan plan)
{
    private const int HopelessAfter = 3;

    /// <summary>How long a trial may take to end once it is told to; trainers that do not listen are left behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>What a timer can wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private readonly Dictionary<Task<TrialResult?>, TrialRun> _running = [];
    private readonly Proposals _proposals = new(plan);
    private readonly ExperimentLog _log = new(plan.Context);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Leaderboard? _standings;

    /// <summary>The trials that have ended, also where the experiment ended with an exception.</summary>
    public IReadOnlyList<TrialResult> Trials => [.. _standings?.Results.Values ?? Enumerable.Empty<TrialResult>()];

    /// <returns>All trials, by number; the best has a model.</returns>
    /// <exception cref="AggregateException">All trials failed.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it before there was any model.</exception>
    /// <exception cref="TimeoutException">The time was over before there was any model.</exception>
    public async Task<IReadOnlyList<TrialResult>> Run(CancellationToken user)
    {
        using ExperimentLog log = _log;
        using TrialStore? store = plan.CheckpointFolder is { } folder ? new TrialStore(folder, ExperimentIdentity.Of(plan), plan.Context, plan.Folds[0].Train.Schema, plan.Metric.IsMaximize) : null;
        using var memory = new MemoryGuard(plan.MaximumMemoryInMegaByte);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(user);
        if (plan.Time - (store?.Elapsed ?? default) is { } left)
        {
            if (left <= TimeSpan.Zero) stop.Cancel();
            else if (left < Longest) stop.CancelAfter(left);
        }
        _standings = new Leaderboard(plan, log, store);
        try
        {
            _standings.Restore();
            await Trial(store, memory, stop.Token).ConfigureAwait(false);
        }
        catch
        {
            stop.Cancel();
            while (_running.Count > 0 && await Ended(stop.Token).ConfigureAwait(false) is { } ended) _running.Remove(ended);
            throw;
        }
        _standings.Report();
        return _standings.Best is null ? throw Nothing(user) : _standings.WithModel();
    }

    private async Task Trial(TrialStore? store, MemoryGuard memory, CancellationToken stop)
    {
        int next = 0;
        while (true)
        {
            while (MayStart(next, stop)) Start(next++, store, memory, stop);
            if (_running.Count == 0) return;
            if (await Ended(stop).ConfigureAwait(false) is not { } ended)
            {
                _log.Warn($"{_running.Count} trial(s) did not end within {Grace.TotalSeconds} s of being told to, and are left behind.");
                return;
            }
            _running.Remove(ended);
            if (await ended.ConfigureAwait(false) is { } result) _standings!.Finish(result);
        }
    }

    private bool MayStart(int trial, CancellationToken stop) =>
        !stop.IsCancellationRequested && trial < plan.MaxModels && _running.Count < plan.Parallel && _proposals.HasMore(trial) && !IsHopeless
        && Enumerable.Range(0, Math.Max(0, trial - plan.Lag + 1)).All(_standings!.Results.ContainsKey);

    private bool IsHopeless => _standings!.Best is null && Enumerable.Range(0, HopelessAfter).All(trial => _standings.Results.TryGetValue(trial, out TrialResult? result) && result.Ending == TrialEnding.Failed);

    private void Start(int trial, TrialStore? store, MemoryGuard memory, CancellationToken stop)
    {
        // The tuner is asked for what is known, too: what it says next may depend on that.
        TrialSettings settings = _proposals.For(trial, _standings!.Results);
        if (store is not null && store.Recorded.TryGetValue(trial, out TrialRecord? record))
        {
            if (!record.IsOf(settings)) throw new InvalidOperationException($"Checkpoint folder '{plan.CheckpointFolder}', trial {trial}: expected {plan.Tuner.GetType().Name} to propose what it did before, got something else. It has other parameters, is of another version, or does not draw from the seed of the trial alone. Choose another folder, or delete it to begin anew.");
            return;
        }
        TrialResult[] others = [.. _standings.Results.Values.Where(result => result.TrialSettings.TrialId <= trial - plan.Lag && result.TrialSettings.PipelineName == settings.PipelineName && result.Curve.Count > 0)];
        _standings.Tell(monitor => monitor.ReportRunningTrial(settings));
        var run = new TrialRun(plan, settings, others, _log, memory, (which, progress) => _standings.Tell(monitor => monitor.ReportEpoch(which, progress)));
        _running.Add(Task.Factory.StartNew(() => run.Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), run);
    }

    /// <returns>A trial that has ended; null where all that are left do not listen.</returns>
    private async Task<Task<TrialResult?>?> Ended(CancellationToken stop)
    {
        Task<Task<TrialResult?>> any = Task.WhenAny(_running.Keys);
        try
        {
            return await any.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            bool areTold = false;
            while (true)
            {
                try
                {
                    return await any.WaitAsync(Grace).ConfigureAwait(false);
                }
                catch (TimeoutException) when (!areTold || _running.Values.Any(run => run.Listens))
                {
                    // Measuring takes as long as it takes. What comes after a trainer of ours has not been told yet.
                    areTold = true;
                    foreach (TrialRun run in _running.Values.Where(run => !run.Listens)) run.Abandon();
                }
                catch (TimeoutException)
                {
                    return null;
                }
            }
        }
    }

    private Exception Nothing(CancellationToken user)
    {
        Exception[] faults = [.. Trials.Select(result => result.Exception).OfType<Exception>()];
        string after = FormattableString.Invariant($"after {_watch.Elapsed.TotalSeconds:F0} s");
        string folder = plan.CheckpointFolder is { } path ? $" Failed trials are not tried again from the checkpoint '{path}': delete it when the cause is gone." : "";
        if (faults.Length > 0) return new AggregateException($"Experiment: expected at least one trial to end with a model, got {faults.Length} that failed and none that did, {after}.{folder} The first said: {faults[0].Message}", faults);
        if (user.IsCancellationRequested) return new OperationCanceledException($"The experiment was cancelled {after}, before the first epoch of any trial had ended.", user);
        return new TimeoutException($"Experiment: expected at least one trial to reach the end of an epoch, got none {after}. Give it more time, fewer rows, or a smaller network to begin with.");
    }
}
