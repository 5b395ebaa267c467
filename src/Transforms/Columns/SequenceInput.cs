using Microsoft.ML;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Columns;

/// <summary>An input column of a model, with its kind looked up once.</summary>
/// <param name="ColumnName">The name of the column.</param>
/// <param name="Kind">The kind of the column.</param>
/// <param name="Reading">How the values of the column become steps.</param>
internal sealed record SequenceInput(string ColumnName, SequenceKind Kind, SequenceReading Reading)
{
    /// <summary>Returns the input column that a model file describes.</summary>
    /// <exception cref="FormatException">The kind or the version of the rules for words is unknown: the model was saved by a newer version.</exception>
    public static SequenceInput Of(string columnName, SequenceReading reading)
    {
        if (reading.WordRules > 0) WordTokenizer.RequireKnown(reading.WordRules);
        return new(columnName, SequenceKinds.ByName(reading.Kind), reading);
    }

    /// <inheritdoc cref="SequenceKind.OpenReader"/>
    public Func<ReadResult> OpenReader(DataViewRow source, DataViewSchema.Column column, ITokenIndex index, SequenceStore target) =>
        Kind.OpenReader(source, column, Reading, index, target);
}
