using Microsoft.ML.Runtime;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>
/// The training loop of all tasks: epochs of steps, Adam with clipping, learning-rate schedule, exponential moving average, validation,
/// early stopping, checkpoints, progress and cancellation.
/// </summary>
/// <param name="task">The task-dependent part.</param>
/// <param name="options">The options.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="log">The log.</param>
/// <param name="check">Throws if the training was canceled.</param>
/// <param name="time">The time of the training, which may be limited.</param>
/// <param name="checkpoint">The file for the state; null for none.</param>
internal sealed class TrainingLoop(
    ITrainingTask task, RnnTrainingOptions options, int seed, TrainingLog log, Action check, TrainingTime time, Checkpoint? checkpoint = null)
{
    private readonly Adam _optimizer = new(Stepped(task), options.WeightDecay);
    private readonly LearningRate _rate = new(options);
    private readonly ExponentialMovingAverage? _average =
        options.ExponentialMovingAverage == 0 ? null : new ExponentialMovingAverage(Stepped(task), options.ExponentialMovingAverage);
    private readonly EarlyStopping _stopping = new(task.Parameters, options.Patience);
    private readonly Seeds _seeds = new(seed);
    private long _steps;
    private bool _isTimeOver;

    /// <summary>Trains the network and sets the weights of the best epoch.</summary>
    public void Run()
    {
        using var gradients = enable_grad();
        int epoch = Resume();
        bool isCanceled = false;
        try
        {
            while (epoch < options.MaxEpochs && !_stopping.IsOver && !IsTimeOver())
            {
                RunEpoch(epoch + 1);
                epoch++;
                checkpoint?.Save(State(epoch));
            }
        }
        catch (OperationCanceledException) when (options.OnCancel == RnnOnCancel.KeepBest && epoch > 0)
        {
            log.Canceled(epoch);
            isCanceled = true;
        }
        if (_stopping.Best is null) _average?.Swap();
        else _stopping.RestoreBest();
        // Without validation rows, the weights of the last step are unchecked so far.
        foreach (Parameter parameter in task.Parameters)
            RefuseNonFinite(parameter.Value.Span().ContainsNonFinite() ? double.NaN : 0, $"weight '{parameter.Name}'", options.MaxEpochs);
        log.Ended(_stopping, _isTimeOver);
        log.Calibrated(task.Calibrate(() => { }));
        if (!isCanceled) checkpoint?.Delete();
    }

    /// <summary>Whether the time ends the training. The model has made at least one step.</summary>
    private bool IsTimeOver() => _isTimeOver |= _steps > 0 && time.IsOver;

    private void RunEpoch(int epoch)
    {
        RnnTrainingProgress trained = TrainEpoch(epoch);
        ValidationResult? validation = Validate(epoch, out bool isBest);
        _rate.EndEpoch(_stopping.IsProgress || _steps < EarlyStopping.MinimumSteps);
        RnnTrainingProgress progress = trained with
        {
            IsEndOfEpoch = true,
            ValidationLoss = validation?.Loss,
            MetricName = validation?.MetricName,
            ValidationMetric = validation?.Metric,
            IsBest = isBest,
            GradientFlow = task.TakeGradientFlow(),
        };
        log.Epoch(progress);
        options.Progress?.Report(progress);
    }

    private ValidationResult? Validate(int epoch, out bool isBest)
    {
        _average?.Swap();
        try
        {
            ValidationResult? validation = task.Validate(check);
            time.EndValidation();
            if (validation is not null) RefuseNonFinite(validation.Loss + validation.Metric, "validation result", epoch);
            isBest = _stopping.Report(epoch, validation, _steps);
            return validation;
        }
        finally
        {
            _average?.Swap();
        }
    }

    private RnnTrainingProgress TrainEpoch(int epoch)
    {
        using var random = new Generator(_seeds.Dropout(epoch));
        var mode = new ForwardMode(random);
        IReadOnlyList<TrainingStep> steps = task.Epoch(options.BatchSize, new Random(_seeds.Order(epoch)));
        long tokens = steps.Sum(step => (long)step.Tokens);
        long weightsPerToken = task.Parameters.Where(parameter => !parameter.IsTable).Sum(parameter => parameter.Value.numel());
        var statistics = new EpochStatistics(epoch, options.MaxEpochs, steps.Count, tokens, weightsPerToken);
        float rate = 0;
        time.BeginEpoch(task.ValidationTokens);
        // Where the time is over, the epoch is incomplete.
        for (int i = 0; i < steps.Count && !IsTimeOver(); i++)
        {
            check();
            double progress = Math.Max((epoch - 1 + (double)i / steps.Count) / options.MaxEpochs, time.Share);
            rate = _rate.At(_steps, progress);
            (double loss, double norm) = Step(steps[i], mode with { Progress = progress }, epoch, rate);
            statistics.Add(steps[i].LossCount, steps[i].Tokens, loss, norm);
            time.EndStep(steps[i].Tokens);
            options.Progress?.Report(Progress());
        }
        return Progress();

        RnnTrainingProgress Progress()
        {
            RnnTrainingProgress progress = statistics.Progress(rate);
            return time.Left < progress.TimeLeft ? progress with { TimeLeft = time.Left.Value } : progress;
        }
    }

    private (double Loss, double GradientNorm) Step(TrainingStep step, ForwardMode mode, int epoch, float rate)
    {
        using DisposeScope scope = NewDisposeScope();       // without it, a step leaks megabytes of native memory
        Gradients.Clear(task.Parameters);
        Tensor loss = task.Loss(step, mode);
        double value = loss.item<float>();
        RefuseNonFinite(value, "loss", epoch);
        NativeCallback.Backward(loss);
        double norm = Gradients.Norm(task.Parameters);
        RefuseNonFinite(norm, "gradient norm", epoch);
        _steps++;
        _average?.BeforeStep();
        _optimizer.Step((float)Math.Min(1, options.MaximumGradientNorm / Math.Max(norm, 1e-12)), rate);
        _average?.AfterStep();
        return (value, norm);
    }

    /// <summary>Resumes from the checkpoint, if it exists.</summary>
    /// <returns>The number of epochs that are done.</returns>
    private int Resume()
    {
        if (checkpoint?.Load() is not { } state) return 0;
        for (int p = 0; p < task.Parameters.Count; p++) task.Parameters[p].Restore(state.Weights[p]);
        _optimizer.Restore(state.Optimizer.Step, state.Optimizer.First, state.Optimizer.Second);
        if (state.Average is { } average) _average!.Restore(average.Steps, average.Average);
        _stopping.Restore(state.Stopping);
        (_rate.Factor, _steps) = (state.RateFactor, state.Steps);
        log.Resumed(state.Epoch, checkpoint.FileName);
        return state.Epoch;
    }

    private TrainingState State(int epoch) =>
        new(epoch, _steps, [.. task.Parameters.Select(parameter => parameter.ToArray())], _optimizer.State, _average?.State(), _rate.Factor, _stopping.State);

    /// <summary>Returns the parameters that a step changes.</summary>
    private static Parameter[] Stepped(ITrainingTask task) => [.. task.Parameters.Where(parameter => !parameter.IsCopy)];

    private void RefuseNonFinite(double value, string what, int epoch)
    {
        if (double.IsFinite(value)) return;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Training {what} in epoch {epoch}: expected a finite number, got {value}. Lower {nameof(options.LearningRate)} (now {options.LearningRate}) ")
            + FormattableString.Invariant($"or {nameof(options.MaximumGradientNorm)} (now {options.MaximumGradientNorm})."));
    }
}
