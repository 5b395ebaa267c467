using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>The input column of a language model: texts, which the codec divides into symbols, or vectors of units.</summary>
/// <param name="ColumnName">The name of the column.</param>
/// <param name="Kind">The kind of the column.</param>
internal sealed record SymbolColumn(string ColumnName, SequenceKind Kind)
{
    /// <summary>Validates the column in the schema that an estimator will receive, and returns it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its type is not a text or a vector of units.</exception>
    public static SymbolColumn Of(SchemaShape schema, string name) => new(name, SequenceKinds.Check(schema, name, frameSize: 0));

    /// <summary>Returns the column of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its type is not a text or a vector of units.</exception>
    public static SymbolColumn Of(DataViewSchema schema, string name) => new(name, SequenceKinds.Of(schema, name, frameSize: 0).Kind);

    /// <summary>Returns the column that a trained model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its kind differs from that of the training data.</exception>
    public DataViewSchema.Column Bind(DataViewSchema schema) => SequenceKinds.Bind(schema, Input, isAdditional: false);

    /// <summary>Returns the column of the validation data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its kind differs from that of the training data.</exception>
    public DataViewSchema.Column BindValidation(DataViewSchema schema) => SequenceKinds.BindValidation(schema, Input);

    /// <summary>Returns the unit of the symbols: that of the options for texts. A column of units has its own, like the tokens of a text.</summary>
    public RnnLanguageUnit UnitOf(RnnLanguageUnit wanted) => Kind.CutsText ? wanted : RnnLanguageUnit.Whitespace;

    /// <summary>Opens a reader of the text of the current row; null for a column of units.</summary>
    public Func<ReadOnlyMemory<char>>? OpenTexts(DataViewRow source, DataViewSchema.Column column)
    {
        if (!Kind.CutsText) return null;
        ValueGetter<ReadOnlyMemory<char>> get = source.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            get(ref text);
            return text;
        };
    }

    /// <summary>Opens a reader of a column of units: each call adds the numbers of the units of the current row to a store, as one sequence.</summary>
    /// <remarks>A row without units becomes the unknown token, as for all models; the number of units that the function returns is then 0.</remarks>
    public Func<int> OpenUnits(DataViewRow source, DataViewSchema.Column column, ITokenIndex index, SequenceStore target)
    {
        Func<ReadResult> read = Kind.OpenReader(source, column, Input.Reading, index, target);
        return () => read().Length;
    }

    /// <summary>Opens a reader that appends the symbols of the current row to a list, without boundaries.</summary>
    public Action<List<int>> OpenSymbols(DataViewRow source, DataViewSchema.Column column, SymbolCodec codec)
    {
        if (OpenTexts(source, column) is { } text) return symbols => codec.Encode(text().Span, symbols);
        var store = new SequenceStore();
        Func<int> read = OpenUnits(source, column, codec, store);
        return symbols =>
        {
            store.Clear();
            if (read() > 0) symbols.AddRange(store[0]);
        };
    }

    /// <summary>Opens a reader that appends the symbols of the current row and the text of each of them to lists, without boundaries.</summary>
    public Action<List<int>, List<string>> OpenTextsOfSymbols(DataViewRow source, DataViewSchema.Column column, SymbolCodec codec)
    {
        if (OpenTexts(source, column) is { } text) return (symbols, texts) => codec.Encode(text().Span, symbols, texts);
        var store = new SequenceStore(keepTexts: true);
        Func<int> read = OpenUnits(source, column, codec, store);
        return (symbols, texts) =>
        {
            store.Clear();
            if (read() == 0) return;
            symbols.AddRange(store[0]);
            foreach (int spelled in store.Spelled(0)) texts.Add(store.Spellings[spelled]);
        };
    }

    private SequenceInput Input => new(ColumnName, Kind, new SequenceReading { Kind = Kind.Name, MaximumLength = int.MaxValue });
}
