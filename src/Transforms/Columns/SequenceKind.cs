using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>A kind of column that holds one sequence per row, with the way to read it.</summary>
internal abstract class SequenceKind
{
    /// <summary>The name in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>The type in ML.NET, for messages.</summary>
    public abstract string Description { get; }

    /// <summary>Whether the steps are frames of numbers, whose size the user sets; otherwise they are tokens.</summary>
    public virtual bool HasFrames => false;

    /// <summary>Whether the steps are the cells of a grid, row by row.</summary>
    public virtual bool IsGrid => false;

    /// <summary>Whether tokens keep their case, regardless of the options.</summary>
    public virtual bool KeepsCase => false;

    /// <summary>Whether the column holds a text, which the model splits into steps; otherwise it holds a value for each step.</summary>
    public virtual bool CutsText => false;

    public abstract bool Accepts(DataViewType type);

    public abstract bool Accepts(SchemaShape.Column column);

    /// <summary>Validates the dimensions of a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column does not fit the settings.</exception>
    public virtual void Check(DataViewSchema.Column column, SequenceReading reading)
    {
    }

    /// <summary>Returns the columns that a reader needs in addition to its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public virtual IEnumerable<DataViewSchema.Column> BindCompanions(DataViewSchema schema, SequenceReading reading) => [];

    /// <summary>
    /// Returns a function that reads the sequence of the current row, adds it to <paramref name="target"/>, and returns the result of reading.
    /// </summary>
    public abstract Func<ReadResult> OpenReader(
        DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target);
}
