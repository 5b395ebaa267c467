using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Decoding;
using MlNetRnn.Hosting;
using MlNetRnn.Sequences;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns that tell the spans of a tagged sequence: where each begins, how many steps it has, what it is, and its words.</summary>
internal static class SpanColumns
{
    /// <summary>The role under which a model file names them, by what their names begin with; and that of the words, which frames lack.</summary>
    public const string Spans = "Spans", Texts = "SpanTexts";

    private const string Start = ".Start", Length = ".Length", Type = ".Type", Text = ".Text";

    /// <summary>The columns of a name.</summary>
    public static IEnumerable<string> Names(string name) => [name + Start, name + Length, name + Type, name + Text];

    /// <summary>What an estimator promises.</summary>
    public static IEnumerable<SchemaShape.Column> Promised(TaskSpec spec)
    {
        if (!spec.Columns.TryGetValue(Spans, out string? name)) yield break;
        foreach (string number in new[] { Start, Length }) yield return SchemaShapes.VariableVector(name + number, NumberDataViewType.Int32);
        yield return SchemaShapes.VariableVector(name + Type, TextDataViewType.Instance);
        if (spec.Columns.ContainsKey(Texts)) yield return SchemaShapes.VariableVector(name + Text, TextDataViewType.Instance);
    }

    /// <param name="spec">Which columns are wanted.</param>
    /// <param name="scheme">How tags mark spans; null where they mark none.</param>
    /// <param name="decoded">The tags of a row.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, TagScheme? scheme, Func<IRowResults, int, TagDecoding> decoded)
    {
        if (!spec.Columns.TryGetValue(Spans, out string? name)) yield break;
        List<TagSpan> Found(IRowResults results, int row) => results.Length(row) == 0 ? [] : scheme?.Spans(decoded(results, row).Tags) ?? [];
        OutputColumn Numbers(string suffix, Func<TagSpan, int> number) => new(name + suffix, new VectorDataViewType(NumberDataViewType.Int32), (results, current) =>
            Getters.Vector(() => Found(results, current()).Select(number).ToArray()));
        OutputColumn Words(string suffix, Func<IRowResults, int, TagSpan, string> text) => new(name + suffix, new VectorDataViewType(TextDataViewType.Instance), (results, current) =>
            Getters.Vector(() => Found(results, current()).Select(span => text(results, current(), span).AsMemory()).ToArray()));
        yield return Numbers(Start, span => span.Start);
        yield return Numbers(Length, span => span.Length);
        yield return Words(Type, (_, _, span) => span.Type);
        if (spec.Columns.ContainsKey(Texts)) yield return Words(Text, (results, row, span) => string.Join(' ', results.Texts(row).Skip(span.Start).Take(span.Length)));
    }
}
