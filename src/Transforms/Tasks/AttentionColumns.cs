using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Hosting;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns that tell which steps of a sequence decided: the weights of attention pooling, and the tokens that they belong to.</summary>
internal static class AttentionColumns
{
    /// <summary>The roles under which a model file names them; absent where they are not wanted.</summary>
    public const string Attention = "Attention", Tokens = "Tokens";

    public static IEnumerable<NetworkOutput> NetworkOutputs(TaskSpec spec) =>
        spec.Columns.ContainsKey(Attention) ? [new NetworkOutput(NetworkSignature.Attention, OutputExtent.Step)] : [];

    /// <summary>Whether tokens are wanted as they were spelled.</summary>
    public static bool NeedTexts(TaskSpec spec) => spec.Columns.ContainsKey(Tokens);

    /// <summary>What an estimator promises.</summary>
    public static IEnumerable<SchemaShape.Column> Promised(TaskSpec spec)
    {
        if (spec.Columns.TryGetValue(Attention, out string? attention)) yield return SchemaShapes.VariableVector(attention, NumberDataViewType.Single);
        if (spec.Columns.TryGetValue(Tokens, out string? tokens)) yield return SchemaShapes.VariableVector(tokens, TextDataViewType.Instance);
    }

    /// <param name="spec">Which columns are wanted.</param>
    /// <param name="output">Which of the network's outputs holds the weights.</param>
    /// <param name="isPerStep">Whether the column of tokens has as many as the row, none for an empty one, whatever was read of it.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, int output, bool isPerStep = false)
    {
        if (spec.Columns.TryGetValue(Attention, out string? attention))
            yield return new OutputColumn(attention, new VectorDataViewType(NumberDataViewType.Single), (results, current) => Getters.Vector(() => results.Values[output][current()]));
        if (spec.Columns.TryGetValue(Tokens, out string? tokens))
            yield return new OutputColumn(tokens, new VectorDataViewType(TextDataViewType.Instance), (results, current) => TokensGetter(results, current, isPerStep));
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
