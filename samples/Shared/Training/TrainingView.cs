using System.Diagnostics;
using Spectre.Console;

namespace MlNetRnn.Samples;

/// <summary>A live progress bar while the network is trained, and a line for every epoch: losses, metric, gradient norm.</summary>
public static class TrainingView
{
    public static Trained<T> Run<T>(Func<IProgress<RnnTrainingProgress>, T> train)
    {
        if (Console.IsOutputRedirected) return Timed(new Lines(), train);
        Trained<T> trained = null!;
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => trained = Timed(new Bar(context.AddTask("starting")), train));
        return trained;
    }

    private static Trained<T> Timed<T>(IProgress<RnnTrainingProgress> screen, Func<IProgress<RnnTrainingProgress>, T> train)
    {
        var epochs = new EndsOfEpochs(screen);
        var watch = Stopwatch.StartNew();
        T model = train(epochs);
        return new Trained<T>(model, watch.Elapsed.TotalSeconds, epochs);
    }

    private static string Epoch(RnnTrainingProgress p) =>
        $"epoch {p.Epoch,2}/{p.MaxEpochs}  loss {p.Loss:F3}  validation {p.ValidationLoss:F3}  {p.MetricName} {p.ValidationMetric:P1}  gradient norm "
            + $"{p.GradientNorm:F2}{(p.IsBest ? "  best" : "")}";

    private static string Speed(RnnTrainingProgress p) => $"loss {p.Loss:F3}  {p.TokensPerSecond:N0} tokens/s  at most {p.TimeLeft.TotalSeconds:F0} s left";

    private sealed class Bar(ProgressTask task) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress p)
        {
            if (p.IsEndOfEpoch) AnsiConsole.WriteLine(Epoch(p));
            task.MaxValue = p.MaxEpochs;
            task.Value = p.Epoch - 1 + (double)p.Batch / p.Batches;
            task.Description = Speed(p);
        }
    }

    /// <summary>The progress if the output is not a terminal: a line for each epoch, and additional lines within long epochs.</summary>
    private sealed class Lines : IProgress<RnnTrainingProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
        private readonly Stopwatch _silence = Stopwatch.StartNew();

        public void Report(RnnTrainingProgress p)
        {
            if (!p.IsEndOfEpoch && _silence.Elapsed < Pause) return;
            Console.WriteLine(p.IsEndOfEpoch ? Epoch(p) : $"epoch {p.Epoch,2}/{p.MaxEpochs}  batch {p.Batch}/{p.Batches}  {Speed(p)}");
            _silence.Restart();
        }
    }
}
