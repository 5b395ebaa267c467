using Microsoft.ML.Runtime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The training rows and the validation rows. Both refer to the same examples if a share of the rows is held out.</summary>
internal sealed record TrainingData(ExampleSet Training, int[] TrainingRows, ExampleSet Validation, int[] ValidationRows)
{
    /// <summary>Selects the rows to hold out.</summary>
    /// <param name="count">Total number of rows.</param>
    /// <param name="fraction">Share of the rows to hold out; a share of less than one row is none.</param>
    /// <param name="seed">Seed of the selection.</param>
    public static (int[] Training, int[] HeldOut) Split(int count, double fraction, int seed)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(all);
        int held = (int)(count * fraction);
        return (all[held..], all[..held]);
    }

    /// <summary>Selects one of several parts of the rows, of the same size to within a row, to hold out.</summary>
    /// <param name="count">Total number of rows.</param>
    /// <param name="part">The part to hold out, from 0.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="seed">Seed of the division.</param>
    public static (int[] Training, int[] HeldOut) SplitFold(int count, int part, int parts, int seed)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(all);
        return ([.. all.Where((_, i) => i % parts != part)], [.. all.Where((_, i) => i % parts == part)]);
    }

    /// <summary>Uses all rows of one set for training and all rows of another for validation.</summary>
    public static TrainingData With(ExampleSet training, ExampleSet validation) =>
        new(training, [.. Enumerable.Range(0, training.Count)], validation, [.. Enumerable.Range(0, validation.Count)]);

    /// <summary>Logs the number of rows, and the rows that were skipped or changed.</summary>
    /// <exception cref="InvalidOperationException">A set has no usable row.</exception>
    public void Report(IChannel channel)
    {
        Report("training data", Training, channel);
        if (!ReferenceEquals(Training, Validation)) Report("validation set", Validation, channel);
        WarnOfSameness(channel);
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"training on {TrainingRows.Length} rows, selecting the best epoch on {ValidationRows.Length}"));
    }

    /// <summary>Warns of data from which a network cannot learn anything.</summary>
    private void WarnOfSameness(IChannel channel)
    {
        float first = Training.TargetsOf(TrainingRows[0])[0];
        if (TrainingRows.All(row => !Training.TargetsOf(row).ContainsAnyExcept(first)))
            channel.Warning(MessageSensitivity.None, "training data: all rows have the same label; the model will always predict that label");
        if (Training.Sequences.FrameSize == 0 && TrainingRows.All(row => Training.Sequences[row] is [SpecialTokens.Unknown]))
            channel.Warning(MessageSensitivity.None, "training data: no row contains a word of the vocabulary; check the input column");
    }

    private static void Report(string what, ExampleSet examples, IChannel channel)
    {
        if (examples.Count == 0)
        {
            ReadingFaults faults = examples.Faults;
            throw new InvalidOperationException(
                $"The {what}: expected at least one row with a label, got none ({faults.WithoutLabel} rows have a missing label, "
                + $"{faults.WithoutWeight} have weight 0, {faults.Mismatched} do not have one value per {faults.Unit}). "
                + "Check the data, its label and its weights.");
        }
        string unit = examples.Sequences.HasGrids ? "cells" : examples.Sequences.FrameSize == 0 ? "tokens" : "frames";
        channel.Info(MessageSensitivity.None, FormattableString.Invariant($"{what}: {examples.Count} rows, {examples.Sequences.StepCount} {unit}"));
        examples.Faults.Report(what, channel);
    }
}
