using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn.Hosting;
using MlNetRnn.Learning;

namespace MlNetRnn.Experiments;

/// <summary>One trial: makes the pipeline, trains it on every fold, follows its curve, measures.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="settings">What is tried.</param>
/// <param name="others">The trials that the pruner may compare with.</param>
/// <param name="log">What the trial's MLContext says goes there.</param>
/// <param name="report">Is told of the ends of epochs.</param>
internal sealed class TrialRun(ExperimentPlan plan, TrialSettings settings, IReadOnlyList<TrialResult> others, ExperimentLog log, Action<TrialSettings, RnnTrainingProgress> report)
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<double> _curve = [];
    private readonly object _ends = new();
    private TrialEnding _ending = TrialEnding.Completed;
    private Exception? _fault;
    private MLContext? _context;

    /// <summary>Whether the trial ends soon when it is told to: its trainer, or one of them, is ours.</summary>
    public bool Listens { get; private set; }

    /// <summary>Never throws.</summary>
    /// <param name="stop">Is cancelled when the experiment is over.</param>
    /// <returns>Null where the experiment was over before there was any model.</returns>
    public TrialResult? Run(CancellationToken stop)
    {
        TrialSettings started = settings with { StartedAtUtc = DateTime.UtcNow };
        var watch = Stopwatch.StartNew();
        using var memory = new MemoryMeter(plan.MaximumMemoryInMegaByte, RefuseMemory);
        using CancellationTokenRegistration registration = stop.Register(() => End(TrialEnding.Stopped));
        var folds = new List<(ITransformer Model, double Value, object? Metrics)>();
        Exception? fault = null;
        try
        {
            foreach ((IDataView train, IDataView validation) in plan.Folds)
            {
                folds.Add(Fold(train, validation));
                if (_ending != TrialEnding.Completed) break;
            }
        }
        catch (Exception e)
        {
            fault = e;
        }
        // What a trainer throws because it was told to stop is no fault of the trial.
        fault = _fault ?? (_ending == TrialEnding.Stopped ? null : fault);
        var result = new TrialResult
        {
            TrialSettings = started with { EndedAtUtc = DateTime.UtcNow },
            Ending = fault is null ? _ending : TrialEnding.Failed,
            Exception = fault,
            Curve = _curve,
            DurationInMilliseconds = watch.Elapsed.TotalMilliseconds,
            PeakMemoryInMegaByte = memory.Peak,
        };
        if (fault is not null) return Released(folds, null, result);
        if (folds.Count == 0) return null;
        double metric = folds.Average(fold => fold.Value);
        int sign = plan.Metric.IsMaximize ? -1 : 1;
        (ITransformer best, _, _) = folds.MinBy(fold => sign * fold.Value);
        return Released(folds, best, result with { Metric = metric, Loss = sign * metric, Metrics = folds[0].Metrics, Model = best, Folds = folds.Count });
    }

    private (ITransformer, double, object?) Fold(IDataView train, IDataView validation)
    {
        var rows = new SwitchedRows(train, validation);
        MLContext context = Begin();
        ITransformer model = FollowedTraining.Fit((training, input, read) => Follow(training, rows.Validation(input, read)), plan.PipelineOf(settings.Point).Create(context, settings.Options), rows);
        (double value, object? metrics) = plan.Metric.Evaluate(plan.Context, model.Transform(validation));
        return double.IsFinite(value) ? (model, value, metrics) : throw new InvalidOperationException(FormattableString.Invariant($"Metric '{plan.Metric.Name}': expected a finite number, got {value}."));
    }

    private MLContext Begin()
    {
        MLContext context = Child();
        lock (_ends)
        {
            if (_ending != TrialEnding.Completed) throw new OperationCanceledException("The trial was over before it had begun.");
            return _context = context;
        }
    }

    /// <summary>An MLContext of the trial's own seed, whose log goes to that of the experiment's.</summary>
    private MLContext Child()
    {
        var child = new MLContext(settings.Seed) { GpuDeviceId = plan.Context.GpuDeviceId, FallbackToCpu = plan.Context.FallbackToCpu, TempFilePath = plan.Context.TempFilePath };
        child.Log += (_, e) => log.Write(e.Kind, $"Trial {settings.TrialId}, {e.Source}: {e.RawMessage}");
        return child;
    }

    private RnnTrainingOptions Follow(RnnTrainingOptions training, IDataView? validation)
    {
        lock (_ends) Listens = true;
        validation = training.ValidationSet ?? validation;
        if (validation is null) log.Warn($"Trial {settings.TrialId}: the validation rows cannot come to the trainer through the pipeline (is there a cache in it?); it holds a share of the training rows out to choose its epoch by.");
        return training with
        {
            Seed = training.Seed ?? settings.Seed,
            Threads = training.Threads > 0 || plan.Parallel == 1 ? training.Threads : Math.Max(1, Environment.ProcessorCount / plan.Parallel),
            ValidationSet = validation,
            CheckpointFolder = null,            // one folder cannot be that of many trainings
            OnCancel = RnnOnCancel.KeepBest,
            CancellationToken = training.CancellationToken == default ? _cancel.Token : CancellationTokenSource.CreateLinkedTokenSource(training.CancellationToken, _cancel.Token).Token,
            Progress = new Relay(progress =>
            {
                training.Progress?.Report(progress);
                if (progress.IsEndOfEpoch) EndOfEpoch(progress);
            }),
        };
    }

    private void EndOfEpoch(RnnTrainingProgress progress)
    {
        report(settings, progress);
        // The first fold speaks for the others.
        if (progress.ValidationMetric is not { } metric || _curve.Count >= progress.Epoch) return;
        _curve.Add(metric);
        if (plan.Pruner?.ShouldPrune(settings, _curve, others) == true) End(TrialEnding.Pruned);
    }

    private void RefuseMemory(double megaBytes)
    {
        _fault = new InsufficientMemoryException(FormattableString.Invariant(
            $"Trial {settings.TrialId}: expected the memory of the process to grow by at most {plan.MaximumMemoryInMegaByte:F0} MB, got {megaBytes:F0} MB. Raise the limit, or make batches or the network smaller."));
        End(TrialEnding.Failed);
    }

    private void End(TrialEnding ending)
    {
        lock (_ends)
        {
            if (_ending != TrialEnding.Completed) return;
            _ending = ending;
            // A trainer of ours keeps its best epoch; others are told through their MLContext, and end without a model.
            if (!Listens && _context is not null) CatalogEnvironment.Cancel(_context);
        }
        _cancel.Cancel();
    }

    private static TrialResult Released(IEnumerable<(ITransformer Model, double, object?)> folds, ITransformer? but, TrialResult result)
    {
        foreach ((ITransformer model, _, _) in folds)
            if (model != but) (model as IDisposable)?.Dispose();
        return result;
    }

    private sealed class Relay(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }
}
