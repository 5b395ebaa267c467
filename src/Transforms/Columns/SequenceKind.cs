using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>A type of column that holds one sequence a row, and how to read it.</summary>
internal abstract class SequenceKind
{
    /// <summary>The name in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>For messages: the ML.NET type.</summary>
    public abstract string Description { get; }

    public abstract bool Accepts(DataViewType type);

    public abstract bool Accepts(SchemaShape.Column column);

    /// <summary>
    /// An action that reads the sequence of the source's current row and adds it to <paramref name="target"/>. It returns false where
    /// the sequence was cut at its maximum length.
    /// </summary>
    public abstract Func<bool> OpenReader(DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target);
}
