using Microsoft.ML.Runtime;

namespace MlNetRnn.Training;

/// <summary>The messages of a training in the log of ML.NET.</summary>
internal sealed class TrainingLog(IChannel channel, RnnTrainingOptions options)
{
    public void Epoch(RnnTrainingProgress p)
    {
        string validation = p.ValidationMetric is { } metric
            ? FormattableString.Invariant($", validation loss {p.ValidationLoss:F4}, {p.MetricName} {metric:F4}{(p.IsBest ? " (best so far)" : "")}")
            : "";
        Info($"epoch {p.Epoch}/{p.MaxEpochs}: loss {p.Loss:F4}, gradient norm {p.GradientNorm:F3}{validation}, {p.TokensPerSecond:F0} tokens/s");
    }

    public void Resumed(int epoch, string file) => Info($"resuming after epoch {epoch} from {file}");

    public void Canceled(int epoch) => Info($"canceled after epoch {epoch}: keeping the best model so far ({nameof(options.OnCancel)})");

    public void Calibrated(double temperature)
    {
        if (temperature != 1) Info($"probabilities calibrated on the validation rows, temperature {temperature:F3}");
    }

    public void Ended(EarlyStopping stopping, bool isTimeOver)
    {
        if (isTimeOver) Info($"stopped: the time is over ({nameof(options.MaximumTime)} {options.MaximumTime})");
        else if (stopping.IsOver) Info($"stopped: no better validation result in {options.Patience} epochs ({nameof(options.Patience)})");
        if (stopping.Best is not { } best) return;
        Info($"kept the weights of epoch {stopping.BestEpoch}, the best on the validation rows");
        if (best.Metric <= best.Baseline)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"The model is no better than {best.BaselineName} ({best.MetricName} {best.Metric:F4}). ")
                + $"Train longer ({nameof(options.MaxEpochs)}, {nameof(options.Patience)}), change {nameof(options.LearningRate)} or the network's size, "
                + "or check the data.");
        else if (stopping.BestEpoch == options.MaxEpochs)
            Info($"the last epoch was the best: more epochs ({nameof(options.MaxEpochs)}) can improve the model");
    }

    private void Info(FormattableString message) => channel.Info(MessageSensitivity.None, FormattableString.Invariant(message));
}
