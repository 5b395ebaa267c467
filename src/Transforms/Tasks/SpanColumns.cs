using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Decoding;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;
using MlNetRnn.Tags;

namespace MlNetRnn.Tasks;

/// <summary>
/// The optional columns with the spans of a tagged sequence: each span in words, its start, length and type, its tokens, and its position in the text.
/// </summary>
internal static class SpanColumns
{
    /// <summary>The role, in a model file, of all span columns; its value is the prefix of their names.</summary>
    public const string Spans = "Spans";

    /// <summary>The role, in a model file, of the column with spans in words; models of format 1 do not have it.</summary>
    public const string InWords = "SpansInWords";

    /// <summary>The role, in a model file, of the column with the tokens of the spans; models of frames do not have it.</summary>
    public const string Texts = "SpanTexts";

    private const string Start = ".Start", Length = ".Length", Type = ".Type", Text = ".Text";
    private const string CharacterStart = ".CharacterStart", CharacterLength = ".CharacterLength";

    /// <summary>Returns the names of the columns.</summary>
    public static IEnumerable<string> Names(string name) =>
        [name, name + Start, name + Length, name + Type, name + Text, name + CharacterStart, name + CharacterLength];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static IEnumerable<SchemaShape.Column> OutputShape(TaskSpec spec)
    {
        if (!spec.Columns.TryGetValue(Spans, out string? name)) return [];
        SchemaShape.Column Numbers(string suffix) => SchemaShapes.VariableVector(name + suffix, NumberDataViewType.Int32);
        SchemaShape.Column Words(string suffix) => SchemaShapes.VariableVector(name + suffix, TextDataViewType.Instance);
        return
        [
            .. spec.Columns.ContainsKey(InWords) ? [Words("")] : Array.Empty<SchemaShape.Column>(),
            Numbers(Start), Numbers(Length), Words(Type),
            .. spec.Columns.ContainsKey(Texts) ? [Words(Text)] : Array.Empty<SchemaShape.Column>(),
            .. spec.Columns.ContainsKey(OffsetColumns.Offsets) ? [Numbers(CharacterStart), Numbers(CharacterLength)] : Array.Empty<SchemaShape.Column>(),
        ];
    }

    /// <summary>Returns the columns of the transformer.</summary>
    /// <param name="spec">The task, with the names of its columns.</param>
    /// <param name="scheme">The scheme of the tags; null if they do not mark spans.</param>
    /// <param name="decoded">Returns the tags of a row.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, TagScheme? scheme, Func<IRowResults, int, TagDecoding> decoded)
    {
        if (!spec.Columns.TryGetValue(Spans, out string? name)) return [];
        List<RnnSpan> Found(IRowResults results, int row) => results.Length(row) == 0 ? [] : scheme?.Spans(decoded(results, row).Tags) ?? [];
        OutputColumn Column<T>(string suffix, PrimitiveDataViewType type, Func<IRowResults, int, RnnSpan, T> value) =>
            new(name + suffix, new VectorDataViewType(type), (results, current) =>
                Getters.Vector(() => Found(results, current()).Select(span => value(results, current(), span)).ToArray()));
        OutputColumn Numbers(string suffix, Func<IRowResults, int, RnnSpan, int> number) => Column(suffix, NumberDataViewType.Int32, number);
        OutputColumn Words(string suffix, Func<IRowResults, int, RnnSpan, string> text) =>
            Column(suffix, TextDataViewType.Instance, (results, row, span) => text(results, row, span).AsMemory());
        bool hasTexts = spec.Columns.ContainsKey(Texts);
        return
        [
            .. spec.Columns.ContainsKey(InWords)
                ? [Words("", (results, row, span) => WordsOf(span, hasTexts ? TextOf(results, row, span) : $"{span.Start} to {span.End - 1}"))]
                : Array.Empty<OutputColumn>(),
            Numbers(Start, (_, _, span) => span.Start),
            Numbers(Length, (_, _, span) => span.Length),
            Words(Type, (_, _, span) => span.Type),
            .. hasTexts ? [Words(Text, TextOf)] : Array.Empty<OutputColumn>(),
            .. spec.Columns.ContainsKey(OffsetColumns.Offsets)
                ?
                [
                    Numbers(CharacterStart, (results, row, span) => PlaceOf(results, row, span).Start),
                    Numbers(CharacterLength, (results, row, span) => PlaceOf(results, row, span).Length),
                ]
                : Array.Empty<OutputColumn>(),
        ];
    }

    private static string WordsOf(RnnSpan span, string text) => span.Type.Length == 0 ? text : $"{span.Type}: {text}";

    private static string TextOf(IRowResults results, int row, RnnSpan span) =>
        string.Join(' ', results.Texts(row).Skip(span.Start).Take(span.Length));

    private static TextPlace PlaceOf(IRowResults results, int row, RnnSpan span)
    {
        ReadOnlySpan<TextPlace> places = results.Places(row);
        int start = places[span.Start].Start;
        return new TextPlace(start, places[span.End - 1].End - start);
    }
}
