using Spectre.Console;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>A live progress bar while the network learns, and a line for every epoch: losses, accuracy, norm of the gradient.</summary>
internal static class TrainingView
{
    public static void Run(Action<IProgress<RnnTrainingProgress>> train)
    {
        bool live = !Console.IsOutputRedirected;
        if (!live)
        {
            train(new Lines());
            return;
        }
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => train(new Bar(context.AddTask("starting"))));
    }

    private static string Epoch(RnnTrainingProgress p) =>
        $"epoch {p.Epoch,2}/{p.MaxEpochs}  loss {p.Loss:F3}  validation {p.ValidationLoss:F3}  {p.MetricName} {p.ValidationMetric:P1}  gradient norm {p.GradientNorm:F2}{(p.IsBest ? "  best" : "")}";

    private sealed class Bar(ProgressTask task) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress p)
        {
            if (p.IsEndOfEpoch) AnsiConsole.WriteLine(Epoch(p));
            task.MaxValue = p.MaxEpochs;
            task.Value = p.Epoch - 1 + (double)p.Batch / p.Batches;
            task.Description = $"loss {p.Loss:F3}  {p.TokensPerSecond:N0} tokens/s  at most {p.TimeLeft.TotalSeconds:F0} s left";
        }
    }

    private sealed class Lines : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress p)
        {
            if (p.IsEndOfEpoch) Console.WriteLine(Epoch(p));
        }
    }
}
