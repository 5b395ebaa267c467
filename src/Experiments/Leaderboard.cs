using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <summary>How an experiment stands: the trials that have ended, the best of them with its model, all of it in the checkpoint, and who is told.</summary>
internal sealed class Leaderboard(ExperimentPlan plan, ExperimentLog log, TrialStore? store)
{
    private readonly SortedDictionary<int, TrialResult> _results = [];
    private readonly object _monitors = new();

    /// <summary>The best of those that are in the checkpoint: trials that were stopped are not.</summary>
    private TrialResult? _bestRecorded;

    /// <summary>The trials that have ended, by number.</summary>
    public IReadOnlyDictionary<int, TrialResult> Results => _results;

    public TrialResult? Best { get; private set; }

    /// <summary>Takes over all that the checkpoint has, whatever the limits of this run are.</summary>
    /// <exception cref="FormatException">A record is not of this search space.</exception>
    public void Restore()
    {
        foreach (TrialRecord record in store?.Recorded.Values.OrderBy(record => record.Trial) ?? Enumerable.Empty<TrialRecord>())
        {
            if (record.Point.Length != plan.Dimensions.Count) throw new FormatException($"Checkpoint of an experiment, trial {record.Trial}: expected {plan.Dimensions.Count} numbers, got {record.Point.Length}. Delete the folder to begin anew.");
            TrialResult result = record.ToResult(plan);
            if (result.IsBetterThan(_bestRecorded)) _bestRecorded = result;
            Enter(result);
        }
    }

    /// <summary>A trial has ended.</summary>
    public void Finish(TrialResult result)
    {
        Enter(Keep(result));
        Report();
    }

    /// <summary>All trials, by number; the best has a model, which is read from the checkpoint where nothing better has come since.</summary>
    public IReadOnlyList<TrialResult> WithModel()
    {
        if (Best is { Model: null }) _results[Best.TrialSettings.TrialId] = Best = Best with { Model = store!.LoadBest(Best.TrialSettings.TrialId) };
        return [.. _results.Values];
    }

    public void Tell(Action<IMonitor> tell)
    {
        lock (_monitors)
        {
            foreach (IMonitor monitor in plan.Monitors)
            {
                try
                {
                    tell(monitor);
                }
                catch (Exception e)
                {
                    log.Warn($"{monitor.GetType().Name} threw {e.GetType().Name}: {e.Message}");
                }
            }
        }
    }

    /// <summary>A page that cannot be written is no reason to lose a search.</summary>
    public void Report()
    {
        if (plan.ReportFile is not { } file) return;
        try
        {
            ExperimentReport.Save(file, [.. _results.Values], plan.Metric.Name, plan.Metric.IsMaximize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Reflection.TargetInvocationException)
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
        TrialResult told = _results[trial];
        if (told.Ending == TrialEnding.Failed)
        {
            log.Warn($"Trial {trial} failed: {told.Exception?.Message}");
            Tell(monitor => monitor.ReportFailTrial(told.TrialSettings, told.Exception));
        }
        else
        {
            log.Write(ChannelMessageKind.Info, FormattableString.Invariant($"Trial {trial} ({told.TrialSettings.PipelineName}, {told.DurationInMilliseconds / 1000:F1} s): {plan.Metric.Name} {told.Metric:F4}, best {Best?.Metric ?? told.Metric:F4} of trial {Best?.TrialSettings.TrialId ?? trial}"));
            Tell(monitor => monitor.ReportCompletedTrial(told));
        }
        if (isBest) Tell(monitor => monitor.ReportBestTrial(told));
    }

    /// <summary>Writes the trial to the checkpoint. A stopped one is no finished one: whoever goes on from there tries it again.</summary>
    /// <returns>The trial; a failed one where its model cannot be saved.</returns>
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
                // A pipeline that cannot be saved is no use to somebody who wants a model in a file.
                RnnTransformer.Release(result.Model!);
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
        RnnTransformer.Release(result.Model);
        return result with { Model = null };
    }
}
