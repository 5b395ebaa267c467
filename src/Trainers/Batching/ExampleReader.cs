using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>Reads labelled sequences from a data view, in one pass. Rows without a label are counted and left out.</summary>
internal static class ExampleReader
{
    /// <param name="data">The rows.</param>
    /// <param name="input">The column of the sequences.</param>
    /// <param name="label">The column of the classes.</param>
    /// <param name="reading">How a sequence is read.</param>
    /// <param name="index">Numbers the tokens: a vocabulary, or one in the making.</param>
    /// <param name="check">Called for every row; throws when the user wants to stop.</param>
    public static ExampleSet Read(IDataView data, DataViewSchema.Column input, DataViewSchema.Column label, SequenceReading reading, ITokenIndex index, Action check)
    {
        var examples = new ExampleSet();
        using DataViewRowCursor cursor = data.GetRowCursor([input, label]);
        Func<int> readLabel = LabelKeys.OpenReader(cursor, label);
        Func<bool> readSequence = SequenceKinds.ByName(reading.Kind).OpenReader(cursor, input, reading, index, examples.Sequences);
        while (cursor.MoveNext())
        {
            check();
            int @class = readLabel();
            if (@class < 0)
            {
                examples.WithoutLabel++;
                continue;
            }
            if (!readSequence()) examples.Cut++;
            examples.Labels.Add(@class);
        }
        return examples;
    }
}
