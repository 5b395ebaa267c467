using Microsoft.ML;
using MlNetRnn.LanguageModels;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;

namespace MlNetRnn.Fitting;

/// <summary>The symbols and the languages of the pairs.</summary>
/// <param name="Source">The source symbols; null for frames.</param>
/// <param name="Target">The target symbols.</param>
/// <param name="SourceLanguages">The source languages, in the order of their first occurrence.</param>
/// <param name="TargetLanguages">The target languages; empty for a model of one pair.</param>
/// <param name="CountError">The number by which counts of units may be too low; 0 if they are exact.</param>
internal sealed record PairVocabularies(
    SymbolCodec? Source, SymbolCodec Target, IReadOnlyList<string> SourceLanguages, IReadOnlyList<string> TargetLanguages, long CountError)
{
    /// <summary>
    /// Learns the units of all pairs, held-out ones included, so that models that were trained on the same rows with different seeds have the same symbols and
    /// can be combined.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="known">The symbols of the model that training continues from; null to learn them.</param>
    /// <param name="check">Called for every row; throws to cancel.</param>
    public static PairVocabularies Learn(IDataView data, PairColumns columns, PairVocabularies? known, Action check)
    {
        if (known is not null) return known;
        RnnTranslationOptions options = columns.Options;
        UnitCounter target = new(columns.TargetUnit, columns.Target.Kind.CutsText);
        UnitCounter? source = columns.SourceUnit is not { } unit ? null
            : options.JointVocabulary ? target
            : new UnitCounter(unit, columns.Source.Kind.CutsText);
        var (sourceLanguages, targetLanguages) = (new List<string>(), new List<string>());
        BoundPairColumns bound = columns.Bind(data.Schema, isValidation: false);
        using (DataViewRowCursor cursor = data.GetRowCursor(bound.All))
        {
            Action countTarget = target.Open(cursor, bound.Target, columns.Target);
            Action? countSource = source?.Open(cursor, bound.Source, new SymbolColumn(columns.Source.Spec.Column, columns.Source.Kind));
            Action readSource = OpenLanguage(cursor, bound.SourceLanguage, sourceLanguages);
            Action readTarget = OpenLanguage(cursor, bound.TargetLanguage, targetLanguages);
            while (cursor.MoveNext())
            {
                check();
                countTarget();
                countSource?.Invoke();
                readSource();
                readTarget();
            }
        }
        SymbolCodec targets = target.Build(options, columns.TargetUnit, check);
        SymbolCodec? sources = source is null ? null : ReferenceEquals(source, target) ? targets : source.Build(options, columns.SourceUnit!.Value, check);
        return new PairVocabularies(sources, targets, sourceLanguages, targetLanguages, Math.Max(target.CountError, source?.CountError ?? 0));
    }

    /// <summary>Returns the languages of a model; null for a model of one pair.</summary>
    public LanguageSpec? LanguagesOf(RnnTranslationOptions options) => options.TargetLanguageColumnName is not { } target
        ? null
        : new LanguageSpec(options.SourceLanguageColumnName, target, SourceLanguages, TargetLanguages)
        {
            EncoderPerLanguage = options.EncoderPerLanguage,
            DecoderPerLanguage = options.DecoderPerLanguage,
        };

    private static Action OpenLanguage(DataViewRow row, DataViewSchema.Column? column, List<string> languages)
    {
        if (column is not { } bound) return () => { };
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(bound);
        return () =>
        {
            ReadOnlyMemory<char> language = default;
            get(ref language);
            string name = language.ToString();
            if (!languages.Contains(name)) languages.Add(name);
        };
    }

    /// <summary>Counts the units of a column of texts or units.</summary>
    private sealed class UnitCounter : ITokenIndex
    {
        private readonly SymbolCodecBuilder? _texts;
        private readonly TokenCodecBuilder? _tokens;

        public UnitCounter(RnnLanguageUnit unit, bool isText)
        {
            if (isText) _texts = SymbolCodecs.CreateBuilder(unit);
            else _tokens = SymbolCodecs.CreateTokenBuilder();
        }

        public long CountError => _texts?.CountError ?? _tokens!.CountError;

        public int IndexOf(ReadOnlySpan<char> token)
        {
            _tokens!.AddToken(token.ToString());
            return SpecialTokens.Unknown;
        }

        public Action Open(DataViewRow row, DataViewSchema.Column column, SymbolColumn symbols)
        {
            if (symbols.OpenTexts(row, column) is { } text) return () => _texts!.AddText(text().Span);
            var store = new SequenceStore();
            Func<int> read = symbols.OpenUnits(row, column, this, store);
            return () =>
            {
                store.Clear();
                read();
            };
        }

        public SymbolCodec Build(RnnTranslationOptions options, RnnLanguageUnit unit, Action check) => _texts is null
            ? _tokens!.Build(options.MinimumCountOf(unit), options.MaximumSizeOf(unit))
            : _texts.Build(options.MinimumCountOf(unit), options.MaximumSizeOf(unit), check);
    }
}
