using Microsoft.ML.Runtime;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The rows to learn from and the rows to choose the best epoch by; the same set with other rows where a share is held out.</summary>
internal sealed record TrainingData(ExampleSet Training, int[] TrainingRows, ExampleSet Validation, int[] ValidationRows)
{
    /// <summary>Chooses the rows to hold out.</summary>
    /// <param name="count">All rows.</param>
    /// <param name="fraction">The share to hold out; less than one row is none.</param>
    /// <param name="seed">Which rows.</param>
    public static (int[] Training, int[] HeldOut) Split(int count, double fraction, int seed)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(all);
        int held = (int)(count * fraction);
        return (all[held..], all[..held]);
    }

    /// <summary>All rows of one set to learn from, all of another to validate on.</summary>
    public static TrainingData With(ExampleSet training, ExampleSet validation) =>
        new(training, [.. Enumerable.Range(0, training.Count)], validation, [.. Enumerable.Range(0, validation.Count)]);

    /// <summary>Tells the log what there is, and what was left out or cut.</summary>
    /// <exception cref="InvalidOperationException">There is no usable row.</exception>
    public void Report(IChannel channel)
    {
        Report("training data", Training, channel);
        if (!ReferenceEquals(Training, Validation)) Report("validation set", Validation, channel);
        WarnOfSameness(channel);
        channel.Info(MessageSensitivity.None, FormattableString.Invariant($"learning from {TrainingRows.Length} rows, choosing the best epoch by {ValidationRows.Length}"));
    }

    /// <summary>Warns of what nothing can be learned from.</summary>
    private void WarnOfSameness(IChannel channel)
    {
        float first = Training.TargetsOf(TrainingRows[0])[0];
        if (TrainingRows.All(row => !Training.TargetsOf(row).ContainsAnyExcept(first)))
            channel.Warning(MessageSensitivity.None, "training data: all rows have the same label; the model will say it of everything");
        if (Training.Sequences.FrameSize == 0 && TrainingRows.All(row => Training.Sequences[row] is [SpecialTokens.Unknown]))
            channel.Warning(MessageSensitivity.None, "training data: no row has a known token; check the input column");
    }

    private static void Report(string what, ExampleSet examples, IChannel channel)
    {
        if (examples.Count == 0)
            throw new InvalidOperationException($"The {what}: expected at least one row with a label, got none ({examples.Faults.WithoutLabel} rows have a missing label, {examples.Faults.WithoutWeight} the weight 0, {examples.Faults.Mismatched} a label of another length). Check the data, its label and its weights.");
        channel.Info(MessageSensitivity.None, FormattableString.Invariant($"{what}: {examples.Count} rows, {examples.Sequences.StepCount} {(examples.Sequences.FrameSize == 0 ? "tokens" : "frames")}"));
        examples.Faults.Report(what, channel);
    }
}
