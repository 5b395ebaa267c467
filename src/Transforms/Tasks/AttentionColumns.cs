using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns about the steps of a sequence: the weights of attention pooling, the tokens, and the positions of the tokens.</summary>
internal static class AttentionColumns
{
    /// <summary>The roles of the columns in a model file; a role without a column is absent.</summary>
    public const string Attention = "Attention", Tokens = "Tokens";

    public static IEnumerable<NetworkOutput> NetworkOutputs(TaskSpec spec) =>
        spec.Columns.ContainsKey(Attention) ? [new NetworkOutput(NetworkSignature.Attention, OutputExtent.Step)] : [];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static IEnumerable<SchemaShape.Column> OutputShape(TaskSpec spec)
    {
        if (spec.Columns.TryGetValue(Attention, out string? attention)) yield return SchemaShapes.VariableVector(attention, NumberDataViewType.Single);
        if (spec.Columns.TryGetValue(Tokens, out string? tokens)) yield return SchemaShapes.VariableVector(tokens, TextDataViewType.Instance);
        foreach (SchemaShape.Column offsets in OffsetColumns.OutputShape(spec)) yield return offsets;
    }

    /// <summary>Returns the columns of the transformer.</summary>
    /// <param name="spec">The task, with the names of its columns.</param>
    /// <param name="output">The index of the network output that holds the weights.</param>
    /// <param name="isPerStep">Whether the columns have a value for each step of the row, including steps beyond the maximum length.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, int output, bool isPerStep = false)
    {
        if (spec.Columns.TryGetValue(Attention, out string? attention))
            yield return new OutputColumn(
                attention,
                new VectorDataViewType(NumberDataViewType.Single),
                (results, current) => Getters.Vector(() => results.Values[output][current()]));
        if (spec.Columns.TryGetValue(Tokens, out string? tokens))
            yield return new OutputColumn(
                tokens,
                new VectorDataViewType(TextDataViewType.Instance),
                (results, current) => TokensGetter(results, current, isPerStep));
        foreach (OutputColumn offsets in OffsetColumns.Of(spec, isPerStep)) yield return offsets;
    }

    private static Delegate TokensGetter(IRowResults results, Func<int> current, bool isPerStep)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            IReadOnlyList<string> texts = results.Texts(current());
            int count = isPerStep ? results.Length(current()) : texts.Count;
            VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, count);
            for (int i = 0; i < count; i++) editor.Values[i] = i < texts.Count ? texts[i].AsMemory() : default;
            value = editor.Commit();
        };
        return get;
    }
}
