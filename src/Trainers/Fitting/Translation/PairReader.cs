using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;

namespace MlNetRnn.Fitting;

/// <summary>Reads pairs into memory. Pairs with an empty side, and pairs whose target is too long, are counted and left out.</summary>
internal sealed class PairReader
{
    private readonly SequenceStore _sources, _targets = new();
    private readonly PairColumns _columns;
    private readonly PairVocabularies _vocabularies;

    /// <param name="columns">The columns.</param>
    /// <param name="vocabularies">The symbols and languages.</param>
    public PairReader(PairColumns columns, PairVocabularies vocabularies)
    {
        (_columns, _vocabularies) = (columns, vocabularies);
        _sources = new SequenceStore(columns.Options.FrameSize);
    }

    /// <summary>The number of pairs with an empty side.</summary>
    public int Empty { get; private set; }

    /// <summary>The number of pairs whose target has more symbols than the maximum length.</summary>
    public int TooLong { get; private set; }

    /// <summary>The number of sources that were truncated.</summary>
    public int Truncated { get; private set; }

    /// <summary>The number of rows that were read.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of pairs that are kept.</summary>
    public int Count => _targets.Count;

    /// <summary>Returns the pairs.</summary>
    public PairSet Pairs => new(_sources, _targets);

    /// <summary>Reads the rows of a data view.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="isValidation">Whether they are the validation data.</param>
    /// <param name="check">Called for every row; throws to cancel.</param>
    public void Read(IDataView data, bool isValidation, Action check)
    {
        BoundPairColumns bound = _columns.Bind(data.Schema, isValidation);
        using DataViewRowCursor cursor = data.GetRowCursor(bound.All);
        int? tag = null;
        Action readTag = OpenTag(cursor, bound, value => tag = value);
        Func<int> readSource = _columns.Source.OpenReader(cursor, bound.Source, _vocabularies.Source, _sources, () => tag);
        Action<List<int>> readTarget = _columns.Target.OpenSymbols(cursor, bound.Target, _vocabularies.Target);
        Func<bool> isBlank = OpenBlank(cursor, bound);
        var symbols = new List<int>();
        while (cursor.MoveNext())
        {
            check();
            Rows++;
            symbols.Clear();
            readTag();
            readTarget(symbols);
            int steps = readSource();
            if (steps == 0 || symbols.Count == 0 || isBlank()) Empty++;
            else if (symbols.Count > _columns.Options.MaximumLength) TooLong++;
            else
            {
                if (steps > _columns.Options.MaximumLength) Truncated++;
                _targets.Add(SymbolCodec.Boundary);
                foreach (int symbol in symbols) _targets.Add(symbol);
                _targets.Add(SymbolCodec.Boundary);
                _targets.EndSequence();
                continue;
            }
            _sources.RemoveLast();
        }
    }

    private Action OpenTag(DataViewRow row, BoundPairColumns bound, Action<int> set)
    {
        if (bound.TargetLanguage is not { } column) return () => { };
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            ReadOnlyMemory<char> language = default;
            get(ref language);
            int number = LanguageColumns.NumberOf(language.ToString(), _vocabularies.TargetLanguages, $"Column '{column.Name}'");
            set(_vocabularies.Source!.Count + number);
        };
    }

    /// <summary>Returns a function that returns whether a text of the current row consists of white space.</summary>
    private Func<bool> OpenBlank(DataViewRow row, BoundPairColumns bound)
    {
        Func<ReadOnlyMemory<char>>? target = _columns.Target.OpenTexts(row, bound.Target);
        Func<ReadOnlyMemory<char>>? source = _columns.Source.OpenTexts(row, bound.Source);
        return () => target?.Invoke().Span.IsWhiteSpace() == true || source?.Invoke().Span.IsWhiteSpace() == true;
    }
}
