using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.LanguageModels;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>
/// The source column of a translation model: texts or units, which become symbols, or frames. The encoder reads the tag of the target language if there are
/// several, the symbols, and the boundary, so that it reads at least one step.
/// </summary>
/// <param name="Spec">How the column is read.</param>
/// <param name="Kind">The kind of the column.</param>
internal sealed record SourceColumn(SourceSpec Spec, SequenceKind Kind)
{
    private readonly SymbolColumn _symbols = new(Spec.Column, Kind);

    /// <summary>Returns the column that a trained model reads.</summary>
    /// <exception cref="FormatException">The kind is unknown.</exception>
    public static SourceColumn Of(SourceSpec spec) => new(spec, SequenceKinds.ByName(spec.Kind));

    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its kind differs from that of the training data.</exception>
    public DataViewSchema.Column Bind(DataViewSchema schema) => SequenceKinds.Bind(schema, Input, isAdditional: false);

    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its kind differs from that of the training data.</exception>
    public DataViewSchema.Column BindValidation(DataViewSchema schema) => SequenceKinds.BindValidation(schema, Input);

    /// <summary>Opens a reader of the text of the current row; null for a column that does not hold texts.</summary>
    public Func<ReadOnlyMemory<char>>? OpenTexts(DataViewRow row, DataViewSchema.Column column) => _symbols.OpenTexts(row, column);

    /// <summary>Opens a reader, which adds the source of the current row to a store, and returns the number of its steps before truncation.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="codec">The symbols; null for frames.</param>
    /// <param name="target">The store.</param>
    /// <param name="tag">Returns the tag of the target language of the row; null for none.</param>
    public Func<int> OpenReader(DataViewRow row, DataViewSchema.Column column, SymbolCodec? codec, SequenceStore target, Func<int?> tag)
    {
        if (Spec.Regions is not null) return Regions.Open(row, column, target);
        if (Kind.HasFrames)
        {
            Func<ReadResult> read = Kind.OpenReader(row, column, Input.Reading, new NoNames(), target);
            return () => read().Length;
        }
        Action<List<int>, List<string>>? spelled = target.KeepsTexts ? _symbols.OpenTextsOfSymbols(row, column, codec!) : null;
        Action<List<int>>? symbols = spelled is null ? _symbols.OpenSymbols(row, column, codec!) : null;
        var (list, texts) = (new List<int>(), new List<string>());
        return () =>
        {
            list.Clear();
            texts.Clear();
            symbols?.Invoke(list);
            spelled?.Invoke(list, texts);
            Add(target, list, tag(), texts);
            return list.Count;
        };
    }

    /// <summary>Adds a source to a store.</summary>
    /// <param name="target">The store.</param>
    /// <param name="symbols">The symbols of the source.</param>
    /// <param name="tag">The tag of the target language; null for none.</param>
    /// <param name="texts">The text of each symbol, if the store keeps texts.</param>
    public void Add(SequenceStore target, List<int> symbols, int? tag, List<string> texts)
    {
        if (tag is { } first) target.Add(first);
        for (int i = 0; i < Math.Min(symbols.Count, Spec.MaximumLength); i++) target.Add(symbols[i], target.KeepsTexts ? texts[i] : default);
        target.Add(SymbolCodec.Boundary);
        target.EndSequence();
    }

    /// <summary>Reads regions of images.</summary>
    public RegionReader Regions => new(Spec);

    /// <summary>Returns the column with the boxes of the regions; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or is not a vector of numbers.</exception>
    public DataViewSchema.Column? BindBoxes(DataViewSchema schema) => Spec.Regions is null ? null : Regions.BindBoxes(schema);

    private SequenceInput Input => new(
        Spec.Column, Kind,
        new SequenceReading
        {
            Kind = Kind.Name,
            MaximumLength = Spec.MaximumLength,
            FrameSize = Spec.ColumnFrameSize,
        });
}
