using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.Labels;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The columns of an example.</summary>
/// <param name="Inputs">The sequence, and additional columns with a value for each of its steps.</param>
/// <param name="Label">The label.</param>
/// <param name="Weight">The weight of the row; null if all rows have the same weight.</param>
/// <param name="OpenLabel">Opens a reader of the label.</param>
internal sealed record ExampleColumns(
    IReadOnlyList<DataViewSchema.Column> Inputs,
    DataViewSchema.Column Label,
    DataViewSchema.Column? Weight,
    Func<DataViewRow, LabelReader> OpenLabel);

/// <summary>Settings for reading examples.</summary>
/// <param name="Inputs">The input columns, the main one first.</param>
/// <param name="KeepTexts">Whether the spelling of tokens is kept.</param>
/// <param name="IsPerStep">Whether the label has a value for each step.</param>
internal sealed record ExampleReading(IReadOnlyList<SequenceInput> Inputs, bool KeepTexts, bool IsPerStep);

/// <summary>Reads labeled sequences from a data view, in one pass. Rows without a label or with weight 0 are counted and skipped.</summary>
internal static class ExampleReader
{
    /// <summary>Reads all rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns of an example.</param>
    /// <param name="settings">Settings for reading.</param>
    /// <param name="indexes">For each input column, the vocabulary that maps tokens to numbers, which may still grow.</param>
    /// <param name="check">Called for every row; throws to cancel.</param>
    /// <exception cref="InvalidOperationException">A weight is negative or NaN.</exception>
    public static ExampleSet Read(IDataView data, ExampleColumns columns, ExampleReading settings, IReadOnlyList<ITokenIndex> indexes, Action check)
    {
        SequenceStore[] stores = [.. settings.Inputs.Select((input, i) => new SequenceStore(input.Reading.FrameSize, keepTexts: settings.KeepTexts && i == 0))];
        var examples = new ExampleSet(stores[0], stores[1..], settings.IsPerStep)
        {
            Weights = columns.Weight is null ? null : [],
            Faults = new ReadingFaults { Unit = settings.Inputs[0].Kind.IsGrid ? "cell" : "step" },
        };
        IEnumerable<DataViewSchema.Column> needed = columns.Inputs.Append(columns.Label);
        if (columns.Weight is { } weight) needed = needed.Append(weight);
        using DataViewRowCursor cursor = data.GetRowCursor(needed);
        LabelReader label = columns.OpenLabel(cursor);
        Func<float>? readWeight = columns.Weight is { } w ? ExampleWeights.OpenReader(cursor, w) : null;
        Func<ReadResult>[] readers = [.. settings.Inputs.Select((input, i) => input.OpenReader(cursor, columns.Inputs[i], indexes[i], stores[i]))];
        while (cursor.MoveNext())
        {
            check();
            if (!label.Read())
            {
                examples.Faults.WithoutLabel++;
                continue;
            }
            float counts = readWeight?.Invoke() ?? 1;
            if (counts == 0)
            {
                examples.Faults.WithoutWeight++;
                continue;
            }
            ReadResult[] results = Array.ConvertAll(readers, read => read());
            if (!HaveValuePerStep(results, label, columns, cursor.Position, examples.Faults))
            {
                foreach (SequenceStore store in stores) store.RemoveLast();
                continue;
            }
            if (results[0].Outcome == ReadOutcome.Cut) examples.Faults.Cut++;
            if (results.Any(result => result.Outcome == ReadOutcome.IncompleteFrame)) examples.Faults.IncompleteFrames++;
            label.AddTo(examples.Targets, stores[0].Length(stores[0].Count - 1));
            examples.Weights?.Add(counts);
        }
        return examples;
    }

    /// <summary>Returns whether the label and the additional columns have a value for each step.</summary>
    private static bool HaveValuePerStep(ReadResult[] results, LabelReader label, ExampleColumns columns, long row, ReadingFaults faults)
    {
        int steps = results[0].Length;
        for (int i = 1; i < results.Length; i++)
        {
            if (results[i].Length == steps) continue;
            faults.AddMismatch(row, steps, columns.Inputs[i].Name, results[i].Length);
            return false;
        }
        if (label.Length is not { } values || values == steps) return true;
        faults.AddMismatch(row, steps, columns.Label.Name, values);
        return false;
    }
}
