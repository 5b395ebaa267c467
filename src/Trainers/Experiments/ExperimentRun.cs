using System.Diagnostics;

namespace MlNetRnn.Experiments;

/// <summary>Runs the trials of an experiment, as many at once as it was told, until time, number or user end it.</summary>
internal sealed class ExperimentRun(ExperimentPlan plan)
{
    private const int HopelessAfter = 3;

    /// <summary>How long a trial may take to end once it is told to; trainers that do not listen are left behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<int, TrialResult> _results = [];
    private readonly Dictionary<Task<(int Trial, TrialResult? Result)>, TrialRun> _running = [];
    private readonly Proposals _proposals = new(plan);
    private readonly ExperimentLog _log = new(plan.Context);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TrialStore? _store;
    private TrialResult? _best;

    /// <summary>The best of those that are in the checkpoint: trials that were stopped are not.</summary>
    private TrialResult? _bestRecorded;

    /// <returns>All trials, by number; the best has a model.</returns>
    /// <exception cref="AggregateException">All trials failed.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it before there was any model.</exception>
    /// <exception cref="TimeoutException">The time was over before there was any model.</exception>
    public async Task<IReadOnlyList<TrialResult>> Run(CancellationToken user)
    {
        using ExperimentLog log = _log;
        using TrialStore? store = _store = plan.CheckpointFolder is { } folder ? new TrialStore(folder, ExperimentIdentity.Of(plan), plan.Context, plan.Folds[0].Train.Schema, plan.Metric.IsMaximize) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(user);
        if (plan.Time - (store?.Elapsed ?? default) is { } left)
        {
            if (left > TimeSpan.Zero) stop.CancelAfter(left);
            else stop.Cancel();
        }
        int next = 0;
        while (true)
        {
            while (MayStart(next)) if (!Start(next++, stop.Token)) break;
            if (_running.Count == 0) break;
            Task<(int Trial, TrialResult? Result)> done;
            try
            {
                done = await Ended(stop.Token).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                _log.Warn($"{_running.Count} trial(s) did not end within {Grace.TotalSeconds} s of being told to, and are left behind.");
                break;
            }
            _running.Remove(done);
            (int trial, TrialResult? result) = await done.ConfigureAwait(false);
            if (result is not null) Finish(trial, result, isRestored: false);
        }
        Report();
        if (_best is null) throw Nothing(user);
        // Nothing better has come since the checkpoint.
        if (_best.Model is null) _results[_best.TrialSettings.TrialId] = _best with { Model = _store!.LoadBest(_best.TrialSettings.TrialId) };
        return [.. _results.Values];
    }

    private bool MayStart(int trial) =>
        trial < plan.MaxModels && _running.Count < plan.Parallel && _proposals.HasMore(trial) && !IsHopeless
        && Enumerable.Range(0, Math.Max(0, trial - plan.Lag + 1)).All(_results.ContainsKey);

    private bool IsHopeless => Enumerable.Range(0, HopelessAfter).All(trial => _results.TryGetValue(trial, out TrialResult? result) && result.Ending == TrialEnding.Failed);

    /// <returns>Whether the experiment goes on.</returns>
    private bool Start(int trial, CancellationToken stop)
    {
        bool isRecorded = _store is not null && _store.Recorded.ContainsKey(trial);
        if (!isRecorded && stop.IsCancellationRequested) return false;
        TrialSettings settings = _proposals.For(trial, _results);
        if (isRecorded)
        {
            Finish(trial, _store!.Recorded[trial].ToResult(settings, plan.Metric.IsMaximize), isRestored: true);
            return true;
        }
        TrialResult[] others = [.. _results.Values.Where(result => result.TrialSettings.TrialId <= trial - plan.Lag && result.TrialSettings.PipelineName == settings.PipelineName && result.Curve.Count > 0)];
        Tell(monitor => monitor.ReportRunningTrial(settings));
        var run = new TrialRun(plan, settings, others, _log, (which, progress) => Tell(monitor => monitor.ReportEpoch(which, progress)));
        _running.Add(Task.Factory.StartNew(() => (trial, run.Run(stop)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), run);
        return true;
    }

    private async Task<Task<(int Trial, TrialResult? Result)>> Ended(CancellationToken stop)
    {
        Task<Task<(int, TrialResult?)>> any = Task.WhenAny(_running.Keys);
        try
        {
            return await any.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Measuring the best epoch of a trainer of ours takes as long as it takes.
            return _running.Values.Any(run => run.Listens) ? await any.ConfigureAwait(false) : await any.WaitAsync(Grace).ConfigureAwait(false);
        }
    }

    private void Finish(int trial, TrialResult result, bool isRestored)
    {
        bool isBest = result.IsBetterThan(_best);
        if (isRestored && result.IsBetterThan(_bestRecorded)) _bestRecorded = result;
        if (!isRestored) isBest = Keep(ref result) && isBest;
        if (isBest)
        {
            if (_best is not null) Release(_best.TrialSettings.TrialId);
            _best = result;
        }
        _results[trial] = result;
        if (!isBest) Release(trial);
        TrialResult told = _results[trial];
        if (told.Ending == TrialEnding.Failed) Tell(monitor => monitor.ReportFailTrial(told.TrialSettings, told.Exception));
        else Tell(monitor => monitor.ReportCompletedTrial(told));
        if (isBest) Tell(monitor => monitor.ReportBestTrial(told));
        if (told.Ending == TrialEnding.Failed) _log.Warn($"Trial {trial} failed: {told.Exception?.Message}");
        if (!isRestored) Report();
    }

    /// <summary>Writes the trial to the checkpoint. A stopped one is no finished one: whoever goes on from there tries it again.</summary>
    /// <returns>Whether the trial may be the best.</returns>
    private bool Keep(ref TrialResult result)
    {
        if (_store is null || result.Ending == TrialEnding.Stopped) return true;
        bool isBest = result.IsBetterThan(_bestRecorded);
        try
        {
            _store.Add(result, isBest);
        }
        catch (Exception e) when (isBest && e is not IOException)
        {
            // A pipeline that cannot be saved is no use to somebody who wants a model in a file.
            (result.Model as IDisposable)?.Dispose();
            result = result with { Ending = TrialEnding.Failed, Exception = e, Metric = double.NaN, Loss = double.PositiveInfinity, Model = null };
            _store.Add(result, isBest: false);
            return false;
        }
        if (isBest) _bestRecorded = result with { Model = null };
        return true;
    }

    private void Release(int trial)
    {
        (_results[trial].Model as IDisposable)?.Dispose();
        _results[trial] = _results[trial] with { Model = null };
        // Networks lie in native memory that the garbage collector does not see.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    private void Tell(Action<IMonitor> tell)
    {
        lock (_results)
        {
            foreach (IMonitor monitor in plan.Monitors)
            {
                try
                {
                    tell(monitor);
                }
                catch (Exception e)
                {
                    _log.Warn($"{monitor.GetType().Name} threw {e.GetType().Name}: {e.Message}");
                }
            }
        }
    }

    /// <summary>A page that cannot be written is no reason to lose a search.</summary>
    private void Report()
    {
        if (plan.ReportFile is not { } file) return;
        try
        {
            ExperimentReport.Save(file, [.. _results.Values], plan.Metric.Name, plan.Metric.IsMaximize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Reflection.TargetInvocationException)
        {
            _log.Warn($"Report '{file}': {e.Message}");
        }
    }

    private Exception Nothing(CancellationToken user)
    {
        Exception[] faults = [.. _results.Values.Select(result => result.Exception).OfType<Exception>()];
        string after = FormattableString.Invariant($"after {_watch.Elapsed.TotalSeconds:F0} s");
        if (faults.Length > 0) return new AggregateException($"Experiment: expected at least one trial to end with a model, got {faults.Length} that failed and none that did, {after}. The first said: {faults[0].Message}", faults);
        if (user.IsCancellationRequested) return new OperationCanceledException($"The experiment was cancelled {after}, before the first epoch of any trial had ended.", user);
        return new TimeoutException($"Experiment: expected at least one trial to reach the end of an epoch, got none {after}. Give it more time, fewer rows, or a smaller network to begin with.");
    }
}
