using System.Diagnostics;

namespace MlNetRnn.Samples.Serving;

/// <summary>The progress of a training in one line that is overwritten; if the output is redirected, its result only.</summary>
/// <param name="model">The name of the model.</param>
/// <param name="describe">Describes the result, given the best epoch; null for its metric in percent.</param>
internal sealed class TrainingLine(string model, Func<RnnTrainingProgress, string>? describe = null) : IProgress<RnnTrainingProgress>
{
    /// <summary>The part of a result that states what the best epoch was measured on.</summary>
    public const string HeldOut = "on a held-out tenth";

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private RnnTrainingProgress _best = new();
    private int _width;

    public void Report(RnnTrainingProgress value)
    {
        if (value is { IsEndOfEpoch: true, IsBest: true }) _best = value;
        if (!Console.IsOutputRedirected) Write($"{model}: epoch {value.Epoch} of {value.MaxEpochs}, at most {value.TimeLeft.TotalSeconds:F0} s left");
    }

    /// <summary>Writes the result.</summary>
    /// <param name="file">The file of the model.</param>
    public void End(string file)
    {
        string best = describe?.Invoke(_best) ?? $"{_best.MetricName} {_best.ValidationMetric:P1} {HeldOut}";
        Write($"{model}: trained in {_watch.Elapsed.TotalSeconds:F0} s, {best}, saved to {file}");
        Console.WriteLine();
    }

    private void Write(string line)
    {
        // Padded with blanks to overwrite a longer line.
        if (!Console.IsOutputRedirected) Console.Write('\r');
        Console.Write(line.PadRight(_width));
        _width = Console.IsOutputRedirected ? 0 : line.Length;
    }
}
