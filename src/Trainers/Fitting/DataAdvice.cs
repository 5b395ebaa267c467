using Microsoft.ML.Runtime;
using MlNetRnn.Batching;

namespace MlNetRnn.Fitting;

/// <summary>Advice in the log for data that the default options do not suit: few rows, few rows of each class, long rows.</summary>
internal static class DataAdvice
{
    // With one to three steps in an epoch, 30 epochs learn little (docs/results.md, sets of 20 to 70 sequences).
    private const int FewSteps = 10, WantedSteps = 20;
    private const double FewPerClass = 10;
    private const double LongRow = 400;

    /// <summary>Logs the advice for the training data.</summary>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="data">The training data.</param>
    /// <param name="classes">The number of classes of a row; 0 if its label is something else.</param>
    /// <param name="channel">The log of ML.NET.</param>
    public static void Report(RnnSequenceOptions options, TrainingData data, int classes, IChannel channel)
    {
        foreach (string advice in For(options, data, classes)) channel.Info(MessageSensitivity.None, advice);
    }

    private static IEnumerable<string> For(RnnSequenceOptions options, TrainingData data, int classes)
    {
        int rows = data.TrainingRows.Length, steps = (rows + options.Training.BatchSize - 1) / options.Training.BatchSize;
        if (steps < FewSteps && options.Training.BatchSize > 1)
        {
            yield return FormattableString.Invariant(
                $"advice: an epoch of {rows} rows has only {steps} steps; a Training.BatchSize of {Math.Max(1, rows / WantedSteps)} gives more");
        }
        if (classes > 0 && (double)rows / classes < FewPerClass)
        {
            yield return FormattableString.Invariant(
                $"advice: {classes} classes have {(double)rows / classes:F1} rows each on average, which is little to learn from; ")
                + "consider fewer classes, more rows, or word vectors that were trained on other texts (Text.PretrainedVectors)";
        }
        double length = data.TrainingRows.Average(row => (double)data.Training.Sequences.Length(row));
        if (length > LongRow && data.Training.Sequences is { FrameSize: 0, HasGrids: false })
        {
            yield return FormattableString.Invariant(
                $"advice: rows have {length:F0} tokens on average, and training takes time in proportion; Text.MaximumLength cuts them")
                + (options.Encoder.Cell == RnnCell.Lstm ? ", and Network.Cell = Gru is faster than Lstm" : "");
        }
    }
}
