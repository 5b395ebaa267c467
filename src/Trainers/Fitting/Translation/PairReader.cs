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
    private readonly List<(int Source, int Target)> _languages = [];
    private readonly SharedSources? _shared;
    private readonly LanguageTags _tags;

    /// <param name="columns">The columns.</param>
    /// <param name="vocabularies">The symbols and languages.</param>
    public PairReader(PairColumns columns, PairVocabularies vocabularies)
    {
        (_columns, _vocabularies) = (columns, vocabularies);
        _sources = new SequenceStore(columns.Options.FrameSize);
        // Texts take little memory, and are seldom equal.
        if (_sources.FrameSize > 0) _shared = new SharedSources(_sources);
        _tags = new LanguageTags(vocabularies.LanguagesOf(columns.Options), vocabularies.Source?.Count ?? 0);
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
    public PairSet Pairs => new(_sources, _targets)
    {
        SharedSources = _shared is { IsAnyShared: true } shared ? shared.OfPairs : null,
        Languages = _columns.Options.EncoderPerLanguage || _columns.Options.DecoderPerLanguage ? _languages : null,
    };

    /// <summary>Reads the rows of a data view.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="isValidation">Whether they are the validation data.</param>
    /// <param name="check">Called for every row; throws to cancel.</param>
    public void Read(IDataView data, bool isValidation, Action check)
    {
        BoundPairColumns bound = _columns.Bind(data.Schema, isValidation);
        using DataViewRowCursor cursor = data.GetRowCursor(bound.All);
        (int Source, int Target) languages = default;
        Action readLanguages = OpenLanguages(cursor, bound, value => languages = value);
        Func<int> readSource = _columns.Source.OpenReader(
            cursor, bound.Source, _vocabularies.Source, _sources, () => _tags.TagOf(languages.Target));
        Action<List<int>> readTarget = _columns.Target.OpenSymbols(cursor, bound.Target, _vocabularies.Target);
        Func<bool> isBlank = OpenBlank(cursor, bound);
        var symbols = new List<int>();
        while (cursor.MoveNext())
        {
            check();
            Rows++;
            symbols.Clear();
            readLanguages();
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
                _languages.Add(languages);
                _shared?.AddLast();
                continue;
            }
            _sources.RemoveLast();
        }
    }

    /// <summary>Opens a reader of the languages of the current row.</summary>
    private Action OpenLanguages(DataViewRow row, BoundPairColumns bound, Action<(int Source, int Target)> set)
    {
        if (_tags.Spec is not { } spec) return () => { };
        DataViewSchema.Column?[] columns = [bound.TargetLanguage, bound.SourceLanguage];
        Func<(int, int)> read = LanguageColumns.OpenReader(row, columns.OfType<DataViewSchema.Column>(), spec);
        return () => set(read());
    }

    /// <summary>Returns a function that returns whether a text of the current row consists of white space.</summary>
    private Func<bool> OpenBlank(DataViewRow row, BoundPairColumns bound)
    {
        Func<ReadOnlyMemory<char>>? target = _columns.Target.OpenTexts(row, bound.Target);
        Func<ReadOnlyMemory<char>>? source = _columns.Source.OpenTexts(row, bound.Source);
        return () => target?.Invoke().Span.IsWhiteSpace() == true || source?.Invoke().Span.IsWhiteSpace() == true;
    }
}
