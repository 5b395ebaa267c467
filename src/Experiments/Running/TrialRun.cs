using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Experiments;

/// <summary>Runs one trial: creates the pipeline, trains it on every fold, and computes the metric.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="settings">The settings of the trial.</param>
/// <param name="others">The trials that the pruner compares the trial with.</param>
/// <param name="log">Receives the messages of the trial's MLContext.</param>
/// <param name="memory">Limits the memory.</param>
/// <param name="report">Receives the progress at the end of each epoch.</param>
internal sealed class TrialRun(
    ExperimentPlan plan,
    TrialSettings settings,
    IReadOnlyList<TrialResult> others,
    ExperimentLog log,
    MemoryGuard memory,
    Action<TrialSettings, RnnTrainingProgress> report)
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

    /// <summary>Whether the trial ends soon after cancellation: a trainer of MlNetRnn is running, or the model is being evaluated.</summary>
    public bool RespondsToCancellation
    {
        get
        {
            lock (_ends) return _isMeasured || _training is { IsAtWork: true };
        }
    }

    /// <summary>Runs the trial. Never throws.</summary>
    /// <param name="stop">Canceled when the experiment ends.</param>
    /// <returns>The result; null if the experiment ended before the trial had a model.</returns>
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
            foreach ((IDataView train, IDataView validation) in plan.Data.Folds)
            {
                folds.Add(Fold(train, validation, curve, isLast: folds.Count == plan.Data.Folds.Count - 1));
                if (_ending != TrialEnding.Completed) break;
            }
        }
        catch (Exception e)
        {
            fault = e;
        }
        // An exception because of a cancellation is not a failure of the trial; any other is, also after a cancellation.
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
            Metric = metric,
            Loss = sign * metric,
            Metrics = folds.Select(fold => fold.Measured.Metrics).FirstOrDefault(metrics => metrics is not null),
            Model = best,
            Folds = folds.Count,
            TieLoss = folds.All(fold => fold.Measured.TieLoss is not null) ? folds.Average(fold => fold.Measured.TieLoss!.Value) : _validationLoss,
        });
    }

    /// <summary>Cancels, once more, a trainer of ML.NET that has not ended.</summary>
    public void Abandon()
    {
        lock (_ends)
            if (_context is not null) CatalogEnvironment.Cancel(_context);
    }

    private (ITransformer, Measured) Fold(IDataView train, IDataView validation, List<double> curve, bool isLast)
    {
        MLContext context = Begin();
        var rows = new SwitchedRows(train, validation);
        // Only the first fold is compared with other trials.
        Action<RnnTrainingProgress>? endOfEpoch = _training is null ? progress => EndOfEpoch(progress, curve) : null;
        var training = new TrialTraining(plan, settings, rows, _cancel.Token, log, progress => report(settings, progress), endOfEpoch);
        lock (_ends) _training = training;
        IEstimator<ITransformer> estimator = plan.Pipelines.First(pipeline => pipeline.Name == settings.PipelineName).Create(context, settings.Options);
        ITransformer model = AmbientSupervisor.Run(training, () => estimator.Fit(rows));
        lock (_ends) _isMeasured = isLast;
        Measured measured = plan.Metric.Evaluate(plan.Context, model, validation);
        return double.IsFinite(measured.Value)
            ? (model, measured)
            : throw new InvalidOperationException(FormattableString.Invariant($"Metric '{plan.Metric.Name}': expected a finite number, got {measured.Value}."));
    }

    /// <summary>Creates an MLContext with the seed of the trial, whose messages go to the log of the experiment.</summary>
    private MLContext Begin()
    {
        MLContext parent = plan.Context;
        var child = new MLContext(settings.Seed) { GpuDeviceId = parent.GpuDeviceId, FallbackToCpu = parent.FallbackToCpu, TempFilePath = parent.TempFilePath };
        child.Log += (_, e) => log.Write(e.Kind, $"Trial {settings.TrialId}, {e.Source}: {e.RawMessage}");
        lock (_ends)
        {
            if (_ending != TrialEnding.Completed) throw new OperationCanceledException("The trial ended before it had started.");
            return _context = child;
        }
    }

    private void EndOfEpoch(RnnTrainingProgress progress, List<double> curve)
    {
        _workPerEpoch = progress.WorkPerEpoch;
        if (progress.IsBest) _validationLoss = progress.ValidationLoss;
        if (plan.Metric.CurveAt(progress) is not { } point) return;
        curve.Add(point);
        // Pruning after the last epoch would save no time.
        if (progress.Epoch == progress.MaxEpochs) return;
        var running = new TrialResult { TrialSettings = settings, Ending = TrialEnding.Completed, Curve = curve, WorkPerEpoch = progress.WorkPerEpoch };
        if (plan.Settings.Pruner?.ShouldPrune(running, others) == true) End(TrialEnding.Pruned);
    }

    private void RefuseMemory(double megaBytes)
    {
        double? limit = plan.Settings.MaximumMemoryUsageInMegaByte;
        _fault = new InsufficientMemoryException(
            FormattableString.Invariant($"Trial {settings.TrialId}: expected the memory of the process to grow by at most {limit:F0} MB, ")
            + FormattableString.Invariant($"got {megaBytes:F0} MB. Raise the limit, or make batches or the network smaller."));
        End(TrialEnding.Failed);
    }

    private void End(TrialEnding ending)
    {
        lock (_ends)
        {
            // A trial whose training has ended is complete, even if the experiment ends during the evaluation.
            if (_ending != TrialEnding.Completed || _isMeasured && ending != TrialEnding.Failed) return;
            _ending = ending;
            // A trainer of MlNetRnn keeps its best epoch. Other trainers are canceled through their MLContext and end without a model.
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
            if (model != but) NativeModels.Release(model);
        return result;
    }
}
