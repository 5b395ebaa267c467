using Microsoft.ML;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// The rows of a language model, read several times: to find the parts for training and validation, to count the units, and to encode them. Nothing but the
/// symbols is kept in memory.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="column">The column.</param>
/// <param name="bound">The column in the schema of the rows.</param>
/// <param name="check">Called for every row; throws to cancel.</param>
internal sealed class SymbolRows(IDataView data, SymbolColumn column, DataViewSchema.Column bound, Action check)
{
    private List<int>? _lengths;

    /// <summary>Whether the rows are texts.</summary>
    public bool IsText => column.Kind.CutsText;

    /// <summary>Whether a row has a line break; valid after <see cref="Lengths"/>.</summary>
    public bool HasLineBreaks { get; private set; }

    /// <summary>Returns the length of each row: in UTF-16 characters of a text, or in units. Later passes must find rows of the same lengths.</summary>
    public List<int> Lengths()
    {
        var lengths = new List<int>();
        if (column.Kind.CutsText)
        {
            ForEachText((_, text) =>
            {
                lengths.Add(text.Length);
                HasLineBreaks |= text.Contains('\n');
            });
        }
        else ForEachRowOfUnits(new VocabularyBuilder(), (_, units) => lengths.Add(units.Length));
        return _lengths = lengths;
    }

    /// <summary>Learns the units of a part of each row.</summary>
    /// <param name="unit">The unit that texts are divided into.</param>
    /// <param name="part">Returns the part of a row, given its number and length.</param>
    /// <param name="minimumCount">The minimum number of occurrences.</param>
    /// <param name="maximumSize">The maximum number of units.</param>
    /// <param name="countError">The number by which counts may be too low, because there are too many distinct units; 0 if all counts are exact.</param>
    public SymbolCodec Learn(RnnLanguageUnit unit, Func<int, int, Range> part, int minimumCount, int maximumSize, out long countError)
    {
        if (column.Kind.CutsText)
        {
            SymbolCodecBuilder builder = SymbolCodecs.CreateBuilder(unit);
            ForEachText((row, text) => builder.AddText(Cut(text, part(row, text.Length))));
            SymbolCodec codec = builder.Build(minimumCount, maximumSize);
            countError = builder.CountError;
            return codec;
        }
        TokenCodecBuilder tokens = SymbolCodecs.CreateTokenBuilder();
        // The part is known only at the end of the row, so the units of a row are kept until then.
        var names = new UnitNames();
        ForEachRowOfUnits(names, (row, units) =>
        {
            foreach (int unitNumber in units[part(row, units.Length)]) tokens.AddToken(names.NameOf(unitNumber));
        });
        countError = tokens.CountError;
        return tokens.Build(minimumCount, maximumSize);
    }

    /// <summary>Encodes a part of each row.</summary>
    /// <param name="codec">The symbols.</param>
    /// <param name="parts">Returns the parts of a row, given its number and length.</param>
    /// <param name="add">Receives the number of the row, the number of the part and its symbols, without boundaries.</param>
    public void Encode(SymbolCodec codec, Func<int, int, Range[]> parts, Action<int, int, List<int>> add)
    {
        var symbols = new List<int>();
        if (column.Kind.CutsText)
        {
            ForEachText((row, text) =>
            {
                Range[] ranges = parts(row, text.Length);
                for (int i = 0; i < ranges.Length; i++)
                {
                    symbols.Clear();
                    codec.Encode(Cut(text, ranges[i]), symbols);
                    add(row, i, symbols);
                }
            });
            return;
        }
        ForEachRowOfUnits(codec, (row, units) =>
        {
            Range[] ranges = parts(row, units.Length);
            for (int i = 0; i < ranges.Length; i++)
            {
                symbols.Clear();
                symbols.AddRange(units[ranges[i]]);
                add(row, i, symbols);
            }
        });
    }

    private delegate void TextAction(int row, ReadOnlySpan<char> text);

    private delegate void UnitsAction(int row, ReadOnlySpan<int> units);

    private void ForEachText(TextAction action)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([bound]);
        Func<ReadOnlyMemory<char>> read = column.OpenTexts(cursor, bound)!;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            check();
            ReadOnlySpan<char> text = read().Span;
            CheckLength(row, text.Length);
            action(row, text);
        }
    }

    private void ForEachRowOfUnits(ITokenIndex index, UnitsAction action)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([bound]);
        var store = new SequenceStore();
        Func<int> read = column.OpenUnits(cursor, bound, index, store);
        for (int row = 0; cursor.MoveNext(); row++)
        {
            check();
            store.Clear();
            // A row without units has an unknown token in the store.
            ReadOnlySpan<int> units = read() == 0 ? [] : store[0];
            CheckLength(row, units.Length);
            action(row, units);
        }
    }

    private void CheckLength(int row, int length)
    {
        if (_lengths is null) return;
        string expected = row < _lengths.Count ? $"row {row} of length {_lengths[row]}" : $"{_lengths.Count} rows";
        if (row >= _lengths.Count || _lengths[row] != length)
            throw new InvalidOperationException(
                $"The training data: expected the same rows at each pass, {expected} in column '{column.ColumnName}', got a row of length {length}. "
                + "Add AppendCacheCheckpoint before the trainer if its input is random.");
    }

    /// <summary>Returns a part of a text, whose ends are moved behind a character of two UTF-16 code units.</summary>
    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, Range part)
    {
        (int start, int length) = part.GetOffsetAndLength(text.Length);
        int end = Moved(text, start + length);
        start = Moved(text, start);
        return text[start..end];

        static int Moved(ReadOnlySpan<char> text, int at) =>
            at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]) ? at + 1 : at;
    }

    private sealed class UnitNames : ITokenIndex
    {
        private readonly TextNumbers _names = new();

        public int IndexOf(ReadOnlySpan<char> token) => _names.NumberOf(token);

        public string NameOf(int number) => _names[number];
    }
}
