using System.Globalization;

namespace MlNetRnn.Accuracy;

/// <summary>Passes reports at the end of epochs on, and prints them on standard error: the table is on standard output.</summary>
internal sealed class EndOfEpoch(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
{
    public void Report(RnnTrainingProgress value)
    {
        if (!value.IsEndOfEpoch) return;
        report(value);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}: loss {value.Loss:F4}, validation loss {value.ValidationLoss:F4}, {value.MetricName} {value.ValidationMetric:F4}{(value.IsBest ? " best" : "")}"));
    }
}
