using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;

namespace MlNetRnn.Experiments;

/// <summary>One trial: makes the pipeline, trains it on every fold, measures.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="settings">What is tried.</param>
/// <param name="others">The trials that the pruner may compare with.</param>
/// <param name="log">What the trial's MLContext says goes there.</param>
/// <param name="memory">Watches the memory.</param>
/// <param name="report">Is told of the ends of epochs.</param>
internal sealed class TrialRun(ExperimentPlan plan, TrialSettings settings, IReadOnlyList<TrialResult> others, ExperimentLog log, MemoryGuard memory, Action<TrialSettings, RnnTrainingProgress> report)
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly object _ends = new();
    private TrialEnding _ending = TrialEnding.Completed;
    private Exception? _fault;
    private MLContext? _context;
    private TrialTraining? _training;
    private bool _isMeasured;
    private double _workPerEpoch;
    private double? _validationLoss;

    /// <summary>Whether the trial ends soon when it is told to: a trainer of ours is at work, or the model is being measured.</summary>
    public bool Listens
    {
        get
        {
            lock (_ends) return _isMeasured || _training is { IsAtWork: true };
        }
    }

    /// <summary>Never throws.</summary>
    /// <param name="stop">Is cancelled when the experiment is over.</param>
    /// <returns>Null where the experiment was over before there was any model.</returns>
    public TrialResult? Run(CancellationToken stop)
    {
        TrialSettings started = settings with { StartedAtUtc = DateTime.UtcNow };
        var watch = Stopwatch.StartNew();
        using MemoryGuard.Watch watched = memory.Begin(RefuseMemory);
        using CancellationTokenRegistration registration = stop.Register(() => End(TrialEnding.Stopped));
        var folds = new List<(ITransformer Model, Measured Measured)>();
        var curve = new List<double>();
        Exception? fault = null;
        try
        {
            foreach ((IDataView train, IDataView validation) in plan.Folds)
            {
                folds.Add(Fold(train, validation, curve, isLast: folds.Count == plan.Folds.Count - 1));
                if (_ending != TrialEnding.Completed) break;
            }
        }
        catch (Exception e)
        {
            fault = e;
        }
        // What a trainer throws because it was told to stop is no fault of the trial; anything else is, also then.
        fault = _fault ?? (_ending == TrialEnding.Stopped && IsCancellation(fault) ? null : fault);
        var result = new TrialResult
        {
            TrialSettings = started with { EndedAtUtc = DateTime.UtcNow },
            Ending = fault is null ? _ending : TrialEnding.Failed,
            Exception = fault,
            Curve = curve,
            WorkPerEpoch = _workPerEpoch,
            DurationInMilliseconds = watch.Elapsed.TotalMilliseconds,
            PeakMemoryInMegaByte = watched.Peak,
        };
        if (fault is not null) return Released(folds, null, result);
        if (folds.Count == 0) return null;
        double metric = folds.Average(fold => fold.Measured.Value);
        int sign = plan.Metric.IsMaximize ? -1 : 1;
        (ITransformer best, _) = folds.MinBy(fold => sign * fold.Measured.Value);
        return Released(folds, best, result with
        {
            Metric = metric, Loss = sign * metric, Metrics = folds.Select(fold => fold.Measured.Metrics).FirstOrDefault(metrics => metrics is not null), Model = best, Folds = folds.Count,
            TieLoss = folds.All(fold => fold.Measured.TieLoss is not null) ? folds.Average(fold => fold.Measured.TieLoss!.Value) : _validationLoss,
        });
    }

    /// <summary>Tells a trainer that is none of ours, and has not ended, once more.</summary>
    public void Abandon()
    {
        lock (_ends)
            if (_context is not null) CatalogEnvironment.Cancel(_context);
    }

    private (ITransformer, Measured) Fold(IDataView train, IDataView validation, List<double> curve, bool isLast)
    {
        MLContext context = Begin();
        var rows = new SwitchedRows(train, validation);
        // The first fold speaks for the others.
        var training = new TrialTraining(plan, settings, rows, _cancel.Token, log, progress => report(settings, progress), _training is null ? progress => EndOfEpoch(progress, curve) : null);
        lock (_ends) _training = training;
        ITransformer model = training.Fit(plan.Pipelines.First(pipeline => pipeline.Name == settings.PipelineName).Create(context, settings.Options), rows);
        lock (_ends) _isMeasured = isLast;
        Measured measured = plan.Metric.Evaluate(plan.Context, model.Transform(validation));
        return double.IsFinite(measured.Value) ? (model, measured) : throw new InvalidOperationException(FormattableString.Invariant($"Metric '{plan.Metric.Name}': expected a finite number, got {measured.Value}."));
    }

    /// <summary>An MLContext of the trial's own seed, whose log goes to that of the experiment's.</summary>
    private MLContext Begin()
    {
        var child = new MLContext(settings.Seed) { GpuDeviceId = plan.Context.GpuDeviceId, FallbackToCpu = plan.Context.FallbackToCpu, TempFilePath = plan.Context.TempFilePath };
        child.Log += (_, e) => log.Write(e.Kind, $"Trial {settings.TrialId}, {e.Source}: {e.RawMessage}");
        lock (_ends)
        {
            if (_ending != TrialEnding.Completed) throw new OperationCanceledException("The trial was over before it had begun.");
            return _context = child;
        }
    }

    private void EndOfEpoch(RnnTrainingProgress progress, List<double> curve)
    {
        _workPerEpoch = progress.WorkPerEpoch;
        if (progress.IsBest) _validationLoss = progress.ValidationLoss;
        if (plan.Metric.CurveAt(progress) is not { } point) return;
        curve.Add(point);
        // After the last epoch there is nothing left to save.
        if (progress.Epoch == progress.MaxEpochs) return;
        var running = new TrialResult { TrialSettings = settings, Ending = TrialEnding.Completed, Curve = curve, WorkPerEpoch = progress.WorkPerEpoch };
        if (plan.Pruner?.ShouldPrune(running, others) == true) End(TrialEnding.Pruned);
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
            // A trial that has learned all that it could is complete, whatever happens while it is measured.
            if (_ending != TrialEnding.Completed || _isMeasured && ending != TrialEnding.Failed) return;
            _ending = ending;
            // A trainer of ours keeps its best epoch; others are told through their MLContext, and end without a model.
            if (_training is not { IsAtWork: true } && _context is not null) CatalogEnvironment.Cancel(_context);
        }
        _cancel.Cancel();
    }

    private static bool IsCancellation(Exception? fault) => fault switch
    {
        null or OperationCanceledException => true,
        AggregateException many => many.InnerExceptions.All(IsCancellation),
        _ => fault.InnerException is { } inner && IsCancellation(inner),
    };

    private static TrialResult Released(IEnumerable<(ITransformer Model, Measured)> folds, ITransformer? but, TrialResult result)
    {
        foreach ((ITransformer model, _) in folds)
            if (model != but) RnnTransformer.Release(model);
        return result;
    }
}
