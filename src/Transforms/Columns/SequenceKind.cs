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

    /// <summary>Whether the steps are frames of numbers, for which the user says their size; else they are tokens.</summary>
    public virtual bool HasFrames => false;

    /// <summary>Whether tokens are looked up in their own spelling, whatever the options say of upper and lower case.</summary>
    public virtual bool KeepsCase => false;

    /// <summary>Whether the column holds a text, which the model cuts into steps; else it has a value for each.</summary>
    public virtual bool CutsText => false;

    public abstract bool Accepts(DataViewType type);

    public abstract bool Accepts(SchemaShape.Column column);

    /// <summary>
    /// An action that reads the sequence of the source's current row and adds it to <paramref name="target"/>. It returns what is to be told
    /// of the sequence.
    /// </summary>
    public abstract Func<ReadResult> OpenReader(DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target);
}

/// <summary>What is to be told of a sequence that was read.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Length">The steps that the column's value has, before it was cut; 0 for an empty one.</param>
internal readonly record struct ReadResult(ReadOutcome Outcome, int Length);

/// <summary>What became of a sequence that was read.</summary>
internal enum ReadOutcome
{
    Whole,

    /// <summary>It was cut at the maximum length.</summary>
    Cut,

    /// <summary>Its last frame lacks numbers; missing values stand in their place.</summary>
    IncompleteFrame,
}
