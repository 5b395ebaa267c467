using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tasks;

namespace MlNetRnn.Translation;

/// <summary>A column that a translation model adds.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">The type of the column.</param>
/// <param name="CreateGetter">Creates a ValueGetter, given a function that returns the current row.</param>
internal sealed record TranslationOutput(string Name, DataViewType Type, Func<Func<TranslatedRow>, Delegate> CreateGetter)
{
    /// <summary>Returns the columns of a model.</summary>
    public static TranslationOutput[] Of(TranslationColumns columns, int stateSize)
    {
        DataViewType text = TextDataViewType.Instance, number = NumberDataViewType.Single;
        var texts = new VectorDataViewType(TextDataViewType.Instance);
        var numbers = new VectorDataViewType(NumberDataViewType.Single);
        var all = new List<TranslationOutput>
        {
            new(columns.Translation, text, row => Text(() => row().Text)),
            new(columns.Score, number, row => Number(() => (float)row().Best.Sequence.Score)),
        };
        Add(columns.NBest, texts, row => Getters.Vector(() => Texts(row().AllTexts)));
        Add(columns.NBestScores, numbers, row => Getters.Vector(() => row().All.Select(found => (float)found.Sequence.Score).ToArray()));
        Add(columns.Symbols, texts, row => Getters.Vector(() => Texts(row().Symbols)));
        Add(columns.SourceSymbols, texts, row => Getters.Vector(() => Texts(row().SourceSymbols)));
        Add(columns.Attention, numbers, row => Getters.Vector(() => row().Attention.SelectMany(weights => weights).ToArray()));
        Add(columns.EncoderState, new VectorDataViewType(NumberDataViewType.Single, stateSize), row => Getters.Vector(() => row().EncoderState));
        Add(columns.End, text, row => Text(() => TranslationTexts.EndOf(row().Best.Sequence.End).ToString()));
        Add(columns.Boxes, numbers, row => Getters.Vector(() => row().Boxes));
        return [.. all];

        void Add(string? name, DataViewType type, Func<Func<TranslatedRow>, Delegate> getter)
        {
            if (name is not null) all.Add(new(name, type, getter));
        }
    }

    /// <summary>Returns the columns of the schema of an estimator.</summary>
    public static IEnumerable<SchemaShape.Column> Shape(TranslationColumns columns)
    {
        yield return SchemaShapes.Scalar(columns.Translation, TextDataViewType.Instance);
        yield return SchemaShapes.Scalar(columns.Score, NumberDataViewType.Single);
        foreach (string? texts in new[] { columns.NBest, columns.Symbols, columns.SourceSymbols })
            if (texts is not null) yield return SchemaShapes.VariableVector(texts, TextDataViewType.Instance);
        foreach (string? numbers in new[] { columns.NBestScores, columns.Attention, columns.Boxes })
            if (numbers is not null) yield return SchemaShapes.VariableVector(numbers, NumberDataViewType.Single);
        if (columns.EncoderState is { } state) yield return SchemaShapes.Vector(state, NumberDataViewType.Single);
        if (columns.End is { } end) yield return SchemaShapes.Scalar(end, TextDataViewType.Instance);
    }

    private static ReadOnlyMemory<char>[] Texts(IEnumerable<string> texts) => [.. texts.Select(text => text.AsMemory())];

    private static Delegate Text(Func<string> get)
    {
        ValueGetter<ReadOnlyMemory<char>> getter = (ref ReadOnlyMemory<char> value) => value = get().AsMemory();
        return getter;
    }

    private static Delegate Number(Func<float> get)
    {
        ValueGetter<float> getter = (ref float value) => value = get();
        return getter;
    }
}
