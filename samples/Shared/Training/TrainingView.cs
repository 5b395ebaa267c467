using System.Diagnostics;
using Spectre.Console;

namespace MlNetRnn.Samples;

/// <summary>A live progress bar while the network is trained, and a line for every epoch: losses, metric, gradient norm.</summary>
public static class TrainingView
{
    /// <param name="train">The training.</param>
    /// <param name="lineOf">Returns the line of an epoch; null for that of models with a metric in percent.</param>
    public static Trained<T> Run<T>(Func<IProgress<RnnTrainingProgress>, T> train, Func<RnnTrainingProgress, string>? lineOf = null)
    {
        lineOf ??= Epoch;
        if (Console.IsOutputRedirected) return Timed(new Lines(lineOf), train);
        Trained<T> trained = null!;
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => trained = Timed(new Bar(context.AddTask("starting"), lineOf), train));
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

    private sealed class Bar(ProgressTask task, Func<RnnTrainingProgress, string> lineOf) : IProgress<RnnTrainingProgress>
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public void Report(RnnTrainingProgress p)
        {
            if (p.IsEndOfEpoch) AnsiConsole.WriteLine(lineOf(p));
            // Epochs would not show how much is done if the time is limited.
            (task.MaxValue, task.Value) = (1, _watch.Elapsed / (_watch.Elapsed + p.TimeLeft));
            task.Description = Speed(p);
        }
    }

    /// <summary>The progress if the output is not a terminal: a line for each epoch, and additional lines within long epochs.</summary>
    private sealed class Lines(Func<RnnTrainingProgress, string> lineOf) : IProgress<RnnTrainingProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
        private readonly Stopwatch _silence = Stopwatch.StartNew();

        public void Report(RnnTrainingProgress p)
        {
            if (!p.IsEndOfEpoch && _silence.Elapsed < Pause) return;
            Console.WriteLine(p.IsEndOfEpoch ? lineOf(p) : $"epoch {p.Epoch,2}/{p.MaxEpochs}  batch {p.Batch}/{p.Batches}  {Speed(p)}");
            _silence.Restart();
        }
    }
}
