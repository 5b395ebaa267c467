using System.Globalization;

namespace MlNetRnn.Accuracy;

/// <summary>Forwards the report at the end of each epoch and prints it to standard error. The table goes to standard output.</summary>
internal sealed class EndOfEpoch(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
{
    public void Report(RnnTrainingProgress value)
    {
        if (!value.IsEndOfEpoch) return;
        report(value);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}: loss {value.Loss:F4}, validation loss {value.ValidationLoss:F4}, {value.MetricName} {value.ValidationMetric:F4}");
        Console.Error.WriteLine(value.IsBest ? $"{line} best" : line);
    }
}
