using Microsoft.ML.Runtime;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Experiments;

/// <summary>The trials that have ended, and the best of them with its model; writes them to the checkpoint and the report, and notifies the monitor.</summary>
internal sealed class Leaderboard(ExperimentPlan plan, ExperimentLog log, TrialStore? store)
{
    private readonly SortedDictionary<int, TrialResult> _results = [];
    private readonly object _monitors = new();
    private ReportWriter? _report;

    /// <summary>The best trial in the checkpoint, which does not contain trials that were stopped.</summary>
    private TrialResult? _bestRecorded;

    /// <summary>The report, if the experiment writes one.</summary>
    public ReportWriter Report => _report ??= new ReportWriter(WriteReport, TimeProvider.System);

    /// <summary>The trials that have ended, by number.</summary>
    public IReadOnlyDictionary<int, TrialResult> Results => _results;

    public TrialResult? Best { get; private set; }

    /// <summary>Adds all trials of the checkpoint, regardless of the limits of this run.</summary>
    /// <exception cref="FormatException">A record does not match the search space.</exception>
    public void Restore()
    {
        foreach (TrialRecord record in store?.Recorded.Values.OrderBy(record => record.Trial) ?? Enumerable.Empty<TrialRecord>())
        {
            if (record.Point.Length != plan.Dimensions.Count)
            {
                throw new FormatException(
                    $"Checkpoint of an experiment, trial {record.Trial}: expected {plan.Dimensions.Count} numbers, got {record.Point.Length}. "
                    + "Delete the folder to start over.");
            }
            TrialResult result = record.ToResult(plan);
            if (result.IsBetterThan(_bestRecorded)) _bestRecorded = result;
            Enter(result);
        }
        Report.Request();
    }

    /// <summary>Adds a trial that has ended.</summary>
    public void Finish(TrialResult result)
    {
        Enter(Keep(result));
        Report.Update();
    }

    /// <summary>Returns all trials, by number. The best has a model, which is read from the checkpoint if the trial comes from there.</summary>
    public IReadOnlyList<TrialResult> WithModel()
    {
        if (Best is { Model: null }) _results[Best.TrialSettings.TrialId] = Best = Best with { Model = store!.LoadBest(Best.TrialSettings.TrialId) };
        return [.. _results.Values];
    }

    /// <summary>Calls the monitor, by one thread at a time.</summary>
    public void Notify(Action<IMonitor> report)
    {
        if (plan.Settings.Monitor is not { } monitor) return;
        lock (_monitors)
        {
            try
            {
                report(monitor);
            }
            catch (Exception e)
            {
                log.Warn($"{monitor.GetType().Name} threw {e.GetType().Name}: {e.Message}");
            }
        }
    }

    /// <summary>Writes the report. If it cannot be written, the search continues.</summary>
    private void WriteReport()
    {
        if (plan.Settings.ReportFile is not { } file) return;
        try
        {
            ExperimentReport.Save(file, [.. _results.Values], plan.Metric.Name, plan.Metric.IsMaximize);
        }
        // Also if the native library of the charts cannot be loaded.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.Warn($"Report '{file}': {e.Message}");
        }
    }

    private void Enter(TrialResult result)
    {
        int trial = result.TrialSettings.TrialId;
        bool isBest = result.IsBetterThan(Best);
        _results[trial] = isBest ? result : Released(result);
        if (isBest)
        {
            if (Best is { } beaten) _results[beaten.TrialSettings.TrialId] = Released(beaten);
            Best = result;
        }
        TrialResult ended = _results[trial];
        if (ended.Ending == TrialEnding.Failed)
        {
            log.Warn($"Trial {trial} failed: {ended.Exception?.Message}");
            Notify(monitor => monitor.ReportFailTrial(ended.TrialSettings, ended.Exception));
        }
        else
        {
            string name = FormattableString.Invariant($"Trial {trial} ({ended.TrialSettings.PipelineName}, {ended.DurationInMilliseconds / 1000:F1} s)");
            TrialResult best = Best ?? ended;
            log.Write(
                ChannelMessageKind.Info,
                FormattableString.Invariant($"{name}: {plan.Metric.Name} {ended.Metric:F4}, best {best.Metric:F4} of trial {best.TrialSettings.TrialId}"));
            Notify(monitor => monitor.ReportCompletedTrial(ended));
        }
        if (isBest) Notify(monitor => monitor.ReportBestTrial(ended));
    }

    /// <summary>Writes the trial to the checkpoint, unless it was stopped: an experiment that continues from the checkpoint tries it again.</summary>
    /// <returns>The trial; a failed one if its model cannot be saved.</returns>
    private TrialResult Keep(TrialResult result)
    {
        if (store is null || result.Ending == TrialEnding.Stopped) return result;
        bool isBest = result.IsBetterThan(_bestRecorded);
        try
        {
            try
            {
                if (isBest) store.SaveBest(result);
            }
            catch (Exception e) when (e is not IOException and not UnauthorizedAccessException)
            {
                // An experiment with a checkpoint must be able to save its best model.
                NativeModels.Release(result.Model!);
                result = result with { Ending = TrialEnding.Failed, Exception = e, Metric = double.NaN, Loss = double.PositiveInfinity, Model = null };
                isBest = false;
            }
            store.Add(result, isBest);
            if (isBest) _bestRecorded = result with { Model = null };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"Trial {result.TrialSettings.TrialId} is not in the checkpoint and would be tried again: {e.Message}");
        }
        return result;
    }

    private static TrialResult Released(TrialResult result)
    {
        if (result.Model is null) return result;
        NativeModels.Release(result.Model);
        return result with { Model = null };
    }
}
