using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The columns of an example.</summary>
/// <param name="Input">The sequence.</param>
/// <param name="Label">What is to be said of it.</param>
/// <param name="Weight">How much it counts; null where all count the same.</param>
/// <param name="OpenLabel">Reads the label as a number; NaN where it is missing.</param>
internal sealed record ExampleColumns(DataViewSchema.Column Input, DataViewSchema.Column Label, DataViewSchema.Column? Weight, Func<DataViewRow, DataViewSchema.Column, Func<float>> OpenLabel);

/// <summary>Reads labelled sequences from a data view, in one pass. Rows without a label or without weight are counted and left out.</summary>
internal static class ExampleReader
{
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns of an example.</param>
    /// <param name="reading">How a sequence is read.</param>
    /// <param name="index">Numbers the tokens: a vocabulary, or one in the making.</param>
    /// <param name="check">Called for every row; throws when the user wants to stop.</param>
    /// <exception cref="InvalidOperationException">A weight is negative or no number.</exception>
    public static ExampleSet Read(IDataView data, ExampleColumns columns, SequenceReading reading, ITokenIndex index, Action check)
    {
        var examples = new ExampleSet(reading.FrameSize) { Weights = columns.Weight is null ? null : [] };
        IEnumerable<DataViewSchema.Column> needed = columns.Weight is { } weight ? [columns.Input, columns.Label, weight] : [columns.Input, columns.Label];
        using DataViewRowCursor cursor = data.GetRowCursor(needed);
        Func<float> readLabel = columns.OpenLabel(cursor, columns.Label);
        Func<float>? readWeight = columns.Weight is { } w ? ExampleWeights.OpenReader(cursor, w) : null;
        Func<ReadResult> readSequence = SequenceKinds.ByName(reading.Kind).OpenReader(cursor, columns.Input, reading, index, examples.Sequences);
        while (cursor.MoveNext())
        {
            check();
            float label = readLabel();
            if (float.IsNaN(label))
            {
                examples.WithoutLabel++;
                continue;
            }
            float counts = readWeight?.Invoke() ?? 1;
            if (counts == 0)
            {
                examples.WithoutWeight++;
                continue;
            }
            ReadResult result = readSequence();
            if (result == ReadResult.Cut) examples.Cut++;
            if (result == ReadResult.IncompleteFrame) examples.IncompleteFrames++;
            examples.Targets.Add(label);
            examples.Weights?.Add(counts);
        }
        return examples;
    }
}
