using Microsoft.ML.Runtime;

namespace MlNetRnn.Batching;

/// <summary>The rows to learn from and the rows to choose the best epoch by; the same set with other rows where a share is held out.</summary>
internal sealed record TrainingData(ExampleSet Training, int[] TrainingRows, ExampleSet Validation, int[] ValidationRows)
{
    /// <param name="examples">All rows of the training data.</param>
    /// <param name="validationSet">The user's validation rows; null to hold a share of the training rows out.</param>
    /// <param name="options">How large a share.</param>
    /// <param name="seed">Which rows.</param>
    /// <param name="channel">Hears what was left out or cut.</param>
    /// <exception cref="InvalidOperationException">There is no usable row.</exception>
    public static TrainingData Of(ExampleSet examples, ExampleSet? validationSet, RnnTrainingOptions options, int seed, IChannel channel)
    {
        Report("training data", examples, channel);
        int[] all = [.. Enumerable.Range(0, examples.Count)];
        if (validationSet is not null)
        {
            Report("validation set", validationSet, channel);
            return new TrainingData(examples, all, validationSet, [.. Enumerable.Range(0, validationSet.Count)]);
        }
        new Random(seed).Shuffle(all);
        int held = (int)(examples.Count * options.ValidationFraction);
        return new TrainingData(examples, all[held..], examples, all[..held]);
    }

    private static void Report(string what, ExampleSet examples, IChannel channel)
    {
        if (examples.Count == 0)
            throw new InvalidOperationException($"The {what}: expected at least one row with a label, got none ({examples.WithoutLabel} rows have a missing label). Check the label column.");
        channel.Info(MessageSensitivity.None, FormattableString.Invariant($"{what}: {examples.Count} rows, {examples.Sequences.TokenCount} tokens"));
        if (examples.WithoutLabel > 0) channel.Warning(MessageSensitivity.None, FormattableString.Invariant($"{what}: left out {examples.WithoutLabel} rows with a missing label"));
        if (examples.Cut > 0) channel.Warning(MessageSensitivity.None, FormattableString.Invariant($"{what}: cut {examples.Cut} sequences at {nameof(RnnTextOptions.MaximumLength)}"));
    }
}
