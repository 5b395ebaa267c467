using System.Diagnostics;

namespace MlNetRnn.Samples.Serving;

/// <summary>How far a training is, in one line that is written over; where nobody looks at a screen, how it ended.</summary>
/// <param name="what">What is learned.</param>
internal sealed class LearningLine(string what) : IProgress<RnnTrainingProgress>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private RnnTrainingProgress _best = new();
    private int _width;

    public void Report(RnnTrainingProgress value)
    {
        if (value is { IsEndOfEpoch: true, IsBest: true }) _best = value;
        if (!Console.IsOutputRedirected) Write($"{what}: epoch {value.Epoch} of {value.MaxEpochs}, at most {value.TimeLeft.TotalSeconds:F0} s left");
    }

    /// <param name="file">Where the model went.</param>
    public void End(string file)
    {
        Write($"{what}: learned in {_watch.Elapsed.TotalSeconds:F0} s, {_best.MetricName} {_best.ValidationMetric:P1} on a held-out tenth, saved to {file}");
        Console.WriteLine();
    }

    private void Write(string line)
    {
        // Blanks over what was longer before.
        if (!Console.IsOutputRedirected) Console.Write('\r');
        Console.Write(line.PadRight(_width));
        _width = Console.IsOutputRedirected ? 0 : line.Length;
    }
}
