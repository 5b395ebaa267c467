using System.Diagnostics;

namespace MlNetRnn.Experiments;

/// <summary>Runs the trials of an experiment, optionally in parallel, until the end of the time, the maximum number of trials, or cancellation.</summary>
internal sealed class ExperimentRun(ExperimentPlan plan)
{
    private const int HopelessAfter = 3;

    /// <summary>Maximum time for a trial to end after cancellation; trainers that ignore the cancellation are abandoned.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The longest time that a timer supports.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private readonly Dictionary<Task<TrialResult?>, TrialRun> _running = [];
    private readonly Proposals _proposals = new(plan);
    private readonly ExperimentLog _log = new(plan.Context);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Leaderboard? _leaderboard;

    /// <summary>The trials that have ended, also if the experiment ended with an exception.</summary>
    public IReadOnlyList<TrialResult> Trials => [.. _leaderboard?.Results.Values ?? Enumerable.Empty<TrialResult>()];

    /// <summary>Runs the experiment.</summary>
    /// <returns>All trials, by number; the best has a model.</returns>
    /// <exception cref="AggregateException">All trials failed.</exception>
    /// <exception cref="OperationCanceledException">The user canceled the experiment before it had a model.</exception>
    /// <exception cref="TimeoutException">The time ended before the experiment had a model.</exception>
    public async Task<IReadOnlyList<TrialResult>> Run(CancellationToken user)
    {
        using ExperimentLog log = _log;
        using TrialStore? store = plan.Settings.CheckpointFolder is { } folder
            ? new TrialStore(folder, ExperimentIdentity.Of(plan), plan.Context, plan.Data.Folds[0].Train.Schema, plan.Metric.IsMaximize)
            : null;
        using var memory = new MemoryGuard(plan.Settings.MaximumMemoryUsageInMegaByte ?? double.PositiveInfinity);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(user);
        if (plan.Settings.MaxExperimentTimeInSeconds is { } seconds)
        {
            TimeSpan left = TimeSpan.FromSeconds(seconds) - (store?.Elapsed ?? default);
            if (left <= TimeSpan.Zero) stop.Cancel();
            else if (left < Longest) stop.CancelAfter(left);
        }
        _leaderboard = new Leaderboard(plan, log, store);
        try
        {
            _leaderboard.Restore();
            await RunTrials(store, memory, stop.Token).ConfigureAwait(false);
        }
        catch
        {
            stop.Cancel();
            while (_running.Count > 0 && await Ended(stop.Token).ConfigureAwait(false) is { } ended) _running.Remove(ended);
            throw;
        }
        finally
        {
            _leaderboard.Report.Complete();
        }
        return _leaderboard.Best is null ? throw NoModel(user) : _leaderboard.WithModel();
    }

    private async Task RunTrials(TrialStore? store, MemoryGuard memory, CancellationToken stop)
    {
        int next = 0;
        while (true)
        {
            while (MayStart(next, stop)) Start(next++, store, memory, stop);
            if (_running.Count == 0) return;
            if (await Ended(stop).ConfigureAwait(false) is not { } ended)
            {
                _log.Warn($"{_running.Count} trial(s) did not end within {Grace.TotalSeconds} s after cancellation and were abandoned.");
                return;
            }
            _running.Remove(ended);
            if (await ended.ConfigureAwait(false) is { } result) _leaderboard!.Finish(result);
        }
    }

    private bool MayStart(int trial, CancellationToken stop) =>
        !stop.IsCancellationRequested
        && !(trial >= plan.Settings.MaxModels)
        && _running.Count < plan.Settings.ParallelTrials
        && _proposals.HasMore(trial)
        && !IsHopeless
        && Enumerable.Range(0, Math.Max(0, trial - plan.Lag + 1)).All(_leaderboard!.Results.ContainsKey);

    private bool IsHopeless => _leaderboard!.Best is null
        && Enumerable.Range(0, HopelessAfter)
            .All(trial => _leaderboard.Results.TryGetValue(trial, out TrialResult? result) && result.Ending == TrialEnding.Failed);

    private void Start(int trial, TrialStore? store, MemoryGuard memory, CancellationToken stop)
    {
        // The tuner proposes also the trials of a checkpoint again, because its state may depend on its own proposals.
        TrialSettings settings = _proposals.For(trial, _leaderboard!.Results);
        if (store is not null && store.Recorded.TryGetValue(trial, out TrialRecord? record))
        {
            if (record.IsOf(settings)) return;
            throw new InvalidOperationException(
                $"Checkpoint folder '{plan.Settings.CheckpointFolder}', trial {trial}: "
                + $"expected {plan.Tuner.GetType().Name} to propose the same options as before, got others. "
                + "It has other parameters, is of another version, or does not draw from the seed of the trial alone. "
                + "Choose another folder, or delete it to start over.");
        }
        TrialResult[] others =
        [
            .. _leaderboard.Results.Values.Where(result =>
                result.TrialSettings.TrialId <= trial - plan.Lag && result.TrialSettings.PipelineName == settings.PipelineName && result.Curve.Count > 0),
        ];
        _leaderboard.Notify(monitor => monitor.ReportRunningTrial(settings));
        var run = new TrialRun(plan, settings, others, _log, memory, (which, progress) => _leaderboard.Notify(monitor => monitor.ReportEpoch(which, progress)));
        _running.Add(Task.Factory.StartNew(() => run.Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), run);
    }

    /// <returns>A trial that has ended; null if all running trials ignore the cancellation.</returns>
    private async Task<Task<TrialResult?>?> Ended(CancellationToken stop)
    {
        Task<Task<TrialResult?>> any = Task.WhenAny(_running.Keys);
        try
        {
            return await any.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            bool areCanceled = false;
            while (true)
            {
                try
                {
                    return await any.WaitAsync(Grace).ConfigureAwait(false);
                }
                catch (TimeoutException) when (!areCanceled || _running.Values.Any(run => run.RespondsToCancellation))
                {
                    // An evaluation may take longer. Estimators after a trainer of MlNetRnn have not been canceled yet.
                    areCanceled = true;
                    foreach (TrialRun run in _running.Values.Where(run => !run.RespondsToCancellation)) run.Abandon();
                }
                catch (TimeoutException)
                {
                    return null;
                }
            }
        }
    }

    private Exception NoModel(CancellationToken user)
    {
        Exception[] faults = [.. Trials.Select(result => result.Exception).OfType<Exception>()];
        string after = FormattableString.Invariant($"after {_watch.Elapsed.TotalSeconds:F0} s");
        string folder = plan.Settings.CheckpointFolder is { } path
            ? $" Failed trials are not tried again from the checkpoint '{path}': delete it after removing the cause."
            : "";
        if (faults.Length > 0)
        {
            return new AggregateException(
                $"Experiment: expected at least one trial to end with a model, got none {after}: {faults.Length} failed.{folder} "
                + $"The first error: {faults[0].Message}",
                faults);
        }
        if (user.IsCancellationRequested)
            return new OperationCanceledException($"The experiment was canceled {after}, before the first epoch of any trial had ended.", user);
        return new TimeoutException(
            $"Experiment: expected at least one trial to reach the end of an epoch, got none {after}. "
            + "Give it more time, fewer rows, or a smaller network to begin with.");
    }
}
