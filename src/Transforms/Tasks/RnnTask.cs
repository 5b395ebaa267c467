using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>The task of a trained network. It turns the outputs of the network into columns of ML.NET.</summary>
/// <param name="spec">The description of the task in the model file.</param>
internal abstract class RnnTask(TaskSpec spec)
{
    protected TaskSpec Spec => spec;

    /// <summary>The name in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>The task in words, for messages.</summary>
    public virtual string Description => Name;

    /// <summary>The outputs of the network that the task reads.</summary>
    public abstract IReadOnlyList<NetworkOutput> NetworkOutputs { get; }

    /// <summary>The names of the network outputs that the task reads and that are the same for all rows.</summary>
    public virtual IReadOnlyList<string> NetworkConstants => [];

    /// <summary>Whether a column holds tokens in their original spelling.</summary>
    public bool NeedsTexts => spec.Columns.ContainsKey(AttentionColumns.Tokens) || spec.NGrams is not null || spec.Columns.ContainsKey(SpanColumns.Texts);

    /// <summary>Whether a column holds positions of tokens in their text.</summary>
    public bool NeedsPlaces => spec.Columns.ContainsKey(OffsetColumns.Offsets);

    /// <summary>The columns that the task adds to a schema, in their order.</summary>
    public abstract IReadOnlyList<OutputColumn> Columns { get; }

    /// <summary>The description of the task of an ensemble of such models.</summary>
    public virtual TaskSpec EnsembleSpec => spec;

    /// <summary>Computes the network outputs of an ensemble, by which this task determines its columns: the mean of each output.</summary>
    /// <param name="members">The results of the members.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives the values, in the order of <see cref="NetworkOutputs"/>.</param>
    public virtual void Combine(IReadOnlyList<EnsembleMember> members, int rows, RowValues[] outputs)
    {
        for (int output = 0; output < outputs.Length; output++)
            for (int row = 0; row < rows; row++) outputs[output].Set(row, EnsembleMember.Mean(members, member => member.Results.Values[output][row]));
    }

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
