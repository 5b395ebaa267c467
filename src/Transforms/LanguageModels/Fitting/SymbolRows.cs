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
    /// <summary>The lengths of the rows in the first pass.</summary>
    private List<int>? _lengths;

    /// <summary>Whether the rows are texts.</summary>
    public bool IsText => column.Kind.CutsText;

    /// <summary>Whether a row has a line break; valid after <see cref="Lengths"/>.</summary>
    public bool HasLineBreaks { get; private set; }

    /// <summary>Returns the length of each row: in UTF-16 characters of a text, or in units.</summary>
    public List<int> Lengths()
    {
        if (column.Kind.CutsText) ForEachText((_, text) => HasLineBreaks |= text.Contains('\n'));
        else ForEachRowOfUnits(new NoNames(), (_, _) => { });
        return _lengths!;
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
            SymbolCodec codec = builder.Build(minimumCount, maximumSize, check);
            countError = builder.CountError;
            return codec;
        }
        TokenCodecBuilder tokens = SymbolCodecs.CreateTokenBuilder();
        // The part is known only at the end of the row, so the units of a row are kept until then.
        var names = new UnitNames();
        ForEachRowOfUnits(names, (row, units) =>
        {
            foreach (int unitNumber in units[part(row, units.Length)]) tokens.AddToken(names.NameOf(unitNumber));
            names.Clear();
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
        var lengths = new List<int>();
        while (cursor.MoveNext())
        {
            check();
            ReadOnlySpan<char> text = read().Span;
            Add(lengths, text.Length);
            action(lengths.Count - 1, text);
        }
        Complete(lengths);
    }

    private void ForEachRowOfUnits(ITokenIndex index, UnitsAction action)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([bound]);
        var store = new SequenceStore();
        Func<int> read = column.OpenUnits(cursor, bound, index, store);
        var lengths = new List<int>();
        while (cursor.MoveNext())
        {
            check();
            store.Clear();
            // A row without units has an unknown token in the store.
            ReadOnlySpan<int> units = read() == 0 ? [] : store[0];
            Add(lengths, units.Length);
            action(lengths.Count - 1, units);
        }
        Complete(lengths);
    }

    /// <summary>Adds the length of the next row of a pass. After the first pass, it must be that of the first pass.</summary>
    private void Add(List<int> lengths, int length)
    {
        int row = lengths.Count;
        lengths.Add(length);
        if (_lengths is not null && row >= _lengths.Count) throw Changed($"{_lengths.Count} rows", "more");
        if (_lengths is not null && _lengths[row] != length) throw Changed($"row {row} of length {_lengths[row]}", $"a row of length {length}");
    }

    private void Complete(List<int> lengths)
    {
        if (_lengths is not null && lengths.Count < _lengths.Count) throw Changed($"{_lengths.Count} rows", $"{lengths.Count}");
        _lengths ??= lengths;
    }

    private InvalidOperationException Changed(string expected, string got) => new(
        $"The training data: expected the same rows at each pass, {expected} in column '{column.ColumnName}', got {got}. "
        + "Add AppendCacheCheckpoint before the trainer if its input is random.");

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

        public void Clear() => _names.Clear();
    }
}
