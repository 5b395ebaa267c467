using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;

namespace MlNetRnn.Tasks;

/// <summary>What a trained network is for: it turns the numbers that come out of the network into the columns that ML.NET sees.</summary>
/// <param name="spec">What the model file states of it.</param>
internal abstract class RnnTask(TaskSpec spec)
{
    protected TaskSpec Spec => spec;

    /// <summary>The name in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>For people: what it does.</summary>
    public virtual string Description => Name;

    /// <summary>The outputs of the graph that it reads.</summary>
    public abstract IReadOnlyList<NetworkOutput> NetworkOutputs { get; }

    /// <summary>The names of the outputs of the graph that are the same for all rows.</summary>
    public virtual IReadOnlyList<string> NetworkConstants => [];

    /// <summary>Whether one of its columns holds tokens as they were spelled.</summary>
    public bool NeedsTexts => spec.Columns.ContainsKey(AttentionColumns.Tokens) || spec.Columns.ContainsKey(SpanColumns.Texts);

    /// <summary>Whether one of its columns holds where tokens stand in their text.</summary>
    public bool NeedsPlaces => spec.Columns.ContainsKey(OffsetColumns.Offsets);

    /// <summary>The columns that it adds to a schema, in their order.</summary>
    public abstract IReadOnlyList<OutputColumn> Columns { get; }

    public IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input)
    {
        uint setId = ScoreAnnotations.NextSetId(input);
        return [.. Columns.Select(column =>
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            column.Annotate?.Invoke(annotations, setId);
            return new DataViewSchema.DetachedColumn(column.Name, column.Type, annotations.ToAnnotations());
        })];
    }
}

/// <summary>A column that a task adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="CreateGetter">A ValueGetter over the results of a block that serves the row with the number that the function returns.</param>
/// <param name="Annotate">Adds its annotations, given the number of this scorer in the pipeline.</param>
internal sealed record OutputColumn(string Name, DataViewType Type, Func<IRowResults, Func<int>, Delegate> CreateGetter, Action<DataViewSchema.Annotations.Builder, uint>? Annotate = null);

/// <summary>What is known of the rows of a block.</summary>
internal interface IRowResults
{
    /// <summary>The numbers of the network's outputs; computes them when they are first asked for.</summary>
    RowValues[] Values { get; }

    /// <summary>The constants of the network, in the order of <see cref="RnnTask.NetworkConstants"/>.</summary>
    IReadOnlyList<float[]> Constants { get; }

    /// <summary>The tokens of a row as they were spelled; there where a task has a column for them.</summary>
    IReadOnlyList<string> Texts(int row);

    /// <summary>Where the tokens of a row stand in its text; there where a task has a column for it.</summary>
    ReadOnlySpan<TextPlace> Places(int row);

    /// <summary>How many steps the value of a row's column has, before it was cut; 0 for an empty one.</summary>
    int Length(int row);

    /// <summary>Room for what a task has worked out for a row, so that its columns share it.</summary>
    ref object? Kept(int row);
}
