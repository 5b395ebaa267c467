using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Decoding;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;
using MlNetRnn.Tags;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns with the spans of a tagged sequence: in words, and where each begins, how many steps it has, its type, its words and its place in the text.</summary>
internal static class SpanColumns
{
    /// <summary>
    /// The role under which a model file names them, by what their names begin with; that of the column with spans in words, which models of format 1 lack; and that of their texts, which
    /// frames lack.
    /// </summary>
    public const string Spans = "Spans", InWords = "SpansInWords", Texts = "SpanTexts";

    private const string Start = ".Start", Length = ".Length", Type = ".Type", Text = ".Text", CharacterStart = ".CharacterStart", CharacterLength = ".CharacterLength";

    /// <summary>The columns of a name.</summary>
    public static IEnumerable<string> Names(string name) => [name, name + Start, name + Length, name + Type, name + Text, name + CharacterStart, name + CharacterLength];

    /// <summary>What an estimator promises.</summary>
    public static IEnumerable<SchemaShape.Column> Promised(TaskSpec spec)
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

    /// <param name="spec">Which columns are wanted.</param>
    /// <param name="scheme">How tags mark spans; null where they mark none.</param>
    /// <param name="decoded">The tags of a row.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, TagScheme? scheme, Func<IRowResults, int, TagDecoding> decoded)
    {
        if (!spec.Columns.TryGetValue(Spans, out string? name)) return [];
        List<RnnSpan> Found(IRowResults results, int row) => results.Length(row) == 0 ? [] : scheme?.Spans(decoded(results, row).Tags) ?? [];
        OutputColumn Column<T>(string suffix, PrimitiveDataViewType type, Func<IRowResults, int, RnnSpan, T> value) => new(name + suffix, new VectorDataViewType(type), (results, current) =>
            Getters.Vector(() => Found(results, current()).Select(span => value(results, current(), span)).ToArray()));
        OutputColumn Numbers(string suffix, Func<IRowResults, int, RnnSpan, int> number) => Column(suffix, NumberDataViewType.Int32, number);
        OutputColumn Words(string suffix, Func<IRowResults, int, RnnSpan, string> text) => Column(suffix, TextDataViewType.Instance, (results, row, span) => text(results, row, span).AsMemory());
        bool hasTexts = spec.Columns.ContainsKey(Texts);
        return
        [
            .. spec.Columns.ContainsKey(InWords)
                ? [Words("", (results, row, span) => WordsOf(span, hasTexts ? TextOf(results, row, span) : $"{span.Start} to {span.Start + span.Length - 1}"))]
                : Array.Empty<OutputColumn>(),
            Numbers(Start, (_, _, span) => span.Start),
            Numbers(Length, (_, _, span) => span.Length),
            Words(Type, (_, _, span) => span.Type),
            .. hasTexts ? [Words(Text, TextOf)] : Array.Empty<OutputColumn>(),
            .. spec.Columns.ContainsKey(OffsetColumns.Offsets)
                ? [Numbers(CharacterStart, (results, row, span) => PlaceOf(results, row, span).Start), Numbers(CharacterLength, (results, row, span) => PlaceOf(results, row, span).Length)]
                : Array.Empty<OutputColumn>(),
        ];
    }

    private static string WordsOf(RnnSpan span, string text) => span.Type.Length == 0 ? text : $"{span.Type}: {text}";

    private static string TextOf(IRowResults results, int row, RnnSpan span) => string.Join(' ', results.Texts(row).Skip(span.Start).Take(span.Length));

    private static TextPlace PlaceOf(IRowResults results, int row, RnnSpan span)
    {
        ReadOnlySpan<TextPlace> places = results.Places(row);
        int start = places[span.Start].Start;
        return new TextPlace(start, places[span.Start + span.Length - 1].End - start);
    }
}
