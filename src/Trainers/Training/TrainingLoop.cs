using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The one training loop: epochs of length-bucketed batches, Adam with clipping, validation, early stopping, progress, cancelling.</summary>
/// <param name="task">What is learned.</param>
/// <param name="options">How.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="channel">ML.NET's log.</param>
/// <param name="check">Throws when the user wants to stop.</param>
internal sealed class TrainingLoop(ITrainingTask task, RnnTrainingOptions options, int seed, IChannel channel, Action check)
{
    private readonly Adam _optimizer = new(task.Parameters, options.LearningRate);
    private readonly EarlyStopping _stopping = new(task.Parameters, options.Patience);
    private readonly Random _order = new(new Seeds(seed).Order);
    private long _steps;

    /// <summary>Trains, and leaves the network with the weights of the best epoch.</summary>
    public void Run()
    {
        using var random = new Generator(new Seeds(seed).Dropout);
        using var gradients = enable_grad();
        var mode = new ForwardMode(random);
        for (int epoch = 1; epoch <= options.MaxEpochs && !_stopping.IsOver; epoch++)
        {
            RnnTrainingProgress learned = RunEpoch(epoch, mode);
            ValidationResult? validation = task.Validate(check);
            bool isBest = _stopping.Report(epoch, validation, _steps);
            RnnTrainingProgress progress = learned with
            {
                IsEndOfEpoch = true,
                ValidationLoss = validation?.Loss,
                MetricName = validation?.MetricName,
                ValidationMetric = validation?.Metric,
                IsBest = isBest,
            };
            Log(progress);
            options.Progress?.Report(progress);
        }
        _stopping.RestoreBest();
        // After the last step nobody has looked at the weights yet where no row validates.
        foreach (Parameter parameter in task.Parameters) RefuseNonFinite(parameter.Value.Span().ContainsNonFinite() ? double.NaN : 0, $"weight '{parameter.Name}'", options.MaxEpochs);
        LogEnd();
    }

    private RnnTrainingProgress RunEpoch(int epoch, ForwardMode mode)
    {
        List<int[]> batches = LengthBuckets.Cut(task.TrainingRows, task.Length, options.BatchSize, _order);
        var statistics = new EpochStatistics(epoch, options.MaxEpochs, batches.Count, task.TrainingRows.Sum(row => (long)task.Length(row)));
        foreach (int[] batch in batches)
        {
            check();
            (double loss, double norm) = Learn(batch, mode, epoch);
            statistics.Add(batch.Length, batch.Sum(task.Length), loss, norm);
            options.Progress?.Report(statistics.Progress());
        }
        return statistics.Progress();
    }

    private (double Loss, double GradientNorm) Learn(int[] batch, ForwardMode mode, int epoch)
    {
        using DisposeScope scope = NewDisposeScope();       // without it a step leaks megabytes that the garbage collector never notices
        Gradients.Clear(task.Parameters);
        Tensor loss = task.Loss(batch, mode);
        double value = loss.item<float>();
        RefuseNonFinite(value, "loss", epoch);
        NativeCallback.Backward(loss);
        double norm = Gradients.Norm(task.Parameters);
        RefuseNonFinite(norm, "gradient norm", epoch);
        _steps++;
        _optimizer.Step((float)Math.Min(1, options.MaximumGradientNorm / Math.Max(norm, 1e-12)));
        return (value, norm);
    }

    private void RefuseNonFinite(double value, string what, int epoch)
    {
        if (double.IsFinite(value)) return;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Training {what} in epoch {epoch}: expected a finite number, got {value}. Lower {nameof(options.LearningRate)} (now {options.LearningRate}) or {nameof(options.MaximumGradientNorm)} (now {options.MaximumGradientNorm})."));
    }

    private void LogEnd()
    {
        if (_stopping.IsOver) channel.Info(MessageSensitivity.None, $"stopped: no better validation result in {options.Patience} epochs ({nameof(options.Patience)})");
        if (_stopping.Best is not { } best) return;
        channel.Info(MessageSensitivity.None, $"kept the weights of epoch {_stopping.BestEpoch}, the best on the validation rows");
        if (best.Metric <= best.Baseline)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"The model is no better than one that says the same of every row ({best.MetricName} {best.Metric:F4}). Train longer ({nameof(options.MaxEpochs)}, {nameof(options.Patience)}), change {nameof(options.LearningRate)} or the network's size, or check the labels."));
        else if (_stopping.BestEpoch == options.MaxEpochs)
            channel.Info(MessageSensitivity.None, $"the last epoch was the best: more epochs ({nameof(options.MaxEpochs)}) may be better still");
    }

    private void Log(RnnTrainingProgress p)
    {
        string validation = p.ValidationMetric is { } metric ? FormattableString.Invariant($", validation loss {p.ValidationLoss:F4}, {p.MetricName} {metric:F4}{(p.IsBest ? " (best so far)" : "")}") : "";
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"epoch {p.Epoch}/{p.MaxEpochs}: loss {p.Loss:F4}, gradient norm {p.GradientNorm:F3}{validation}, {p.TokensPerSecond:F0} tokens/s"));
    }
}
