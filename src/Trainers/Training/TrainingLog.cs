using Microsoft.ML.Runtime;

namespace MlNetRnn.Training;

/// <summary>What a training run tells ML.NET's log.</summary>
internal sealed class TrainingLog(IChannel channel, RnnTrainingOptions options)
{
    public void Epoch(RnnTrainingProgress p)
    {
        string validation = p.ValidationMetric is { } metric ? FormattableString.Invariant($", validation loss {p.ValidationLoss:F4}, {p.MetricName} {metric:F4}{(p.IsBest ? " (best so far)" : "")}") : "";
        Info($"epoch {p.Epoch}/{p.MaxEpochs}: loss {p.Loss:F4}, gradient norm {p.GradientNorm:F3}{validation}, {p.TokensPerSecond:F0} tokens/s");
    }

    public void Resumed(int epoch, string file) => Info($"going on after epoch {epoch} from {file}");

    public void Cancelled(int epoch) => Info($"cancelled after epoch {epoch}: keeping the best model so far ({nameof(options.OnCancel)})");

    public void Calibrated(double temperature)
    {
        if (temperature != 1) Info($"probabilities calibrated on the validation rows, temperature {temperature:F3}");
    }

    public void Ended(EarlyStopping stopping)
    {
        if (stopping.IsOver) Info($"stopped: no better validation result in {options.Patience} epochs ({nameof(options.Patience)})");
        if (stopping.Best is not { } best) return;
        Info($"kept the weights of epoch {stopping.BestEpoch}, the best on the validation rows");
        if (best.Metric <= best.Baseline)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"The model is no better than one that says the same of every row ({best.MetricName} {best.Metric:F4}). Train longer ({nameof(options.MaxEpochs)}, {nameof(options.Patience)}), change {nameof(options.LearningRate)} or the network's size, or check the labels."));
        else if (stopping.BestEpoch == options.MaxEpochs)
            Info($"the last epoch was the best: more epochs ({nameof(options.MaxEpochs)}) may be better still");
    }

    private void Info(FormattableString message) => channel.Info(MessageSensitivity.None, FormattableString.Invariant(message));
}
