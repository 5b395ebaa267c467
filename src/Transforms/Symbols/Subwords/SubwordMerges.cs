using System.Text.Json;

namespace MlNetRnn.Symbols;

/// <summary>
/// The merges of byte-pair encoding in their order. The symbols after the boundary and the unknown symbol are the 256 bytes; then each merge of two symbols
/// is one more symbol. Immutable and thread-safe.
/// </summary>
internal sealed class SubwordMerges
{
    /// <summary>The number of symbols before those of the merges.</summary>
    public const int FirstMerge = SymbolCodec.FirstUnit + 256;

    /// <summary>The maximum number of bytes of a piece, and so of a symbol.</summary>
    public const int MaximumBytes = SubwordPieces.MaximumLength * Wtf8.MaximumBytes;

    private readonly int[][] _pairs;
    private readonly byte[][] _bytes;
    private readonly Dictionary<long, int> _merged;

    /// <param name="pairs">The two symbols of each merge.</param>
    /// <exception cref="FormatException">A merge is impossible.</exception>
    public SubwordMerges(IReadOnlyList<int[]> pairs)
    {
        _pairs = [.. pairs];
        _bytes = new byte[FirstMerge + pairs.Count][];
        _merged = new Dictionary<long, int>(pairs.Count);
        for (int symbol = 0; symbol < FirstMerge; symbol++) _bytes[symbol] = symbol < SymbolCodec.FirstUnit ? [] : [ByteOf(symbol)];
        for (int i = 0; i < pairs.Count; i++)
        {
            int symbol = FirstMerge + i;
            bool isPossible = pairs[i] is [>= SymbolCodec.FirstUnit, >= SymbolCodec.FirstUnit]
                && pairs[i].Max() < symbol
                && _bytes[pairs[i][0]].Length + _bytes[pairs[i][1]].Length <= MaximumBytes
                && _merged.TryAdd(Key(pairs[i][0], pairs[i][1]), symbol);
            if (!isPossible)
            {
                throw new FormatException(
                    $"Subwords: expected merge {i} to be a new pair of two of the symbols from {SymbolCodec.FirstUnit} to {symbol - 1}, "
                    + $"got {string.Join(", ", pairs[i] ?? [])}. The model file is damaged.");
            }
            _bytes[symbol] = [.. _bytes[pairs[i][0]], .. _bytes[pairs[i][1]]];
        }
    }

    /// <summary>The number of symbols, including the boundary and the unknown symbol.</summary>
    public int Count => _bytes.Length;

    /// <summary>Returns the bytes of a symbol; none for the boundary and the unknown symbol.</summary>
    public ReadOnlySpan<byte> BytesOf(int symbol) => _bytes[symbol];

    public static int SymbolOf(byte value) => value + SymbolCodec.FirstUnit;

    public static long Key(int left, int right) => (long)left << 32 | (uint)right;

    /// <summary>Merges the symbols of a piece in the order of the merges and returns their number.</summary>
    /// <param name="symbols">The symbols of the bytes of a piece; receives the merged symbols.</param>
    public int Apply(Span<int> symbols)
    {
        // merged[i] is the symbol of the pair at i. The piece has at most MaximumBytes symbols, so that shifting costs less than a linked list.
        Span<int> merged = stackalloc int[symbols.Length];
        int length = symbols.Length;
        for (int i = 0; i < length - 1; i++) merged[i] = MergedOf(symbols[i], symbols[i + 1]);
        while (length > 1)
        {
            int at = 0;
            for (int i = 1; i < length - 1; i++)
                if (merged[i] < merged[at]) at = i;
            int symbol = merged[at];
            if (symbol == int.MaxValue) break;
            symbols[at] = symbol;
            symbols[(at + 2)..length].CopyTo(symbols[(at + 1)..]);
            merged[(at + 1)..length].CopyTo(merged[at..]);
            length--;
            if (at > 0) merged[at - 1] = MergedOf(symbols[at - 1], symbol);
            if (at < length - 1) merged[at] = MergedOf(symbol, symbols[at + 1]);
        }
        return length;
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(_pairs, SymbolJson.Default.Int32ArrayArray);

    /// <exception cref="FormatException">The bytes are not a list of merges.</exception>
    public static SubwordMerges FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return new SubwordMerges(JsonSerializer.Deserialize(json, SymbolJson.Default.Int32ArrayArray) ?? throw new JsonException("null"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"Subwords: expected a JSON list of pairs, got something else ({e.Message}). The model file is damaged.", e);
        }
    }

    private static byte ByteOf(int symbol) => (byte)(symbol - SymbolCodec.FirstUnit);

    private int MergedOf(int left, int right) => _merged.TryGetValue(Key(left, right), out int symbol) ? symbol : int.MaxValue;
}
