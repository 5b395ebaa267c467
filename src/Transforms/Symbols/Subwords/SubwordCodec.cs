using System.Collections.Concurrent;
using System.Text;

namespace MlNetRnn.Symbols;

/// <summary>
/// Symbols for subwords: byte-pair encoding of the bytes of a text. Encoding and decoding restore every .NET string; no text has the unknown symbol. The
/// symbols of frequent pieces are remembered. Thread-safe.
/// </summary>
/// <remarks>
/// <c>BpeTokenizer</c> of Microsoft.ML.Tokenizers 3.0.0 returns the same symbols for the same merges. It is not used because it replaces halves of surrogate
/// pairs, so that it does not restore every text, and because its time is quadratic in the length of a piece. The merges must be learned here in any case.
/// </remarks>
internal sealed class SubwordCodec(SubwordMerges merges) : SymbolCodec
{
    private const string UnitsPart = "Merges.json";

    // 64K pieces need about 10 MB. Longer pieces are rare.
    private const int MaximumRemembered = 1 << 16, LongestRemembered = 32;

    private readonly ConcurrentDictionary<string, int[]> _remembered = new(StringComparer.Ordinal);
    private int _rememberedCount;

    public override RnnLanguageUnit Unit => RnnLanguageUnit.Subword;

    public override int Count => merges.Count;

    public override void Encode(ReadOnlySpan<char> text, List<int> symbols)
    {
        Span<int> buffer = stackalloc int[SubwordMerges.MaximumBytes];
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> piece = text[..SubwordPieces.NextLength(text)];
            symbols.AddRange(Encode(piece, buffer));
            text = text[piece.Length..];
        }
    }

    public override int IndexOf(ReadOnlySpan<char> token)
    {
        var symbols = new List<int>();
        if (token.Length <= SubwordPieces.MaximumLength) Encode(token, symbols);
        return symbols is [int symbol] ? symbol : Unknown;
    }

    public override string TextOf(int symbol)
    {
        var text = new StringBuilder();
        SymbolDecoder decoder = OpenDecoder();
        decoder.Append(symbol, text);
        decoder.Flush(text);
        return text.ToString();
    }

    public override SymbolDecoder OpenDecoder() => new Bytes(this, merges);

    protected override (string, byte[]) SaveUnits() => (UnitsPart, merges.ToJson());

    public static SubwordCodec Load(Func<string, byte[]> part) => new(SubwordMerges.FromJson(part(UnitsPart)));

    private ReadOnlySpan<int> Encode(ReadOnlySpan<char> piece, Span<int> buffer)
    {
        if (piece.Length > LongestRemembered) return Merge(piece, buffer);
#if NET9_0_OR_GREATER
        if (_remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out int[]? known)) return known;
        if (Volatile.Read(ref _rememberedCount) >= MaximumRemembered) return Merge(piece, buffer);
        string key = piece.ToString();
#else
        string key = piece.ToString();
        if (_remembered.TryGetValue(key, out int[]? known)) return known;
        if (Volatile.Read(ref _rememberedCount) >= MaximumRemembered) return Merge(piece, buffer);
#endif
        int[] symbols = Merge(piece, buffer).ToArray();
        if (_remembered.TryAdd(key, symbols)) Interlocked.Increment(ref _rememberedCount);
        return symbols;
    }

    private Span<int> Merge(ReadOnlySpan<char> piece, Span<int> symbols)
    {
        Span<byte> bytes = stackalloc byte[SubwordMerges.MaximumBytes];
        int length = Wtf8.Encode(piece, bytes);
        for (int i = 0; i < length; i++) symbols[i] = SubwordMerges.SymbolOf(bytes[i]);
        return symbols[..merges.Apply(symbols[..length])];
    }

    private sealed class Bytes(SubwordCodec codec, SubwordMerges merges) : SymbolDecoder
    {
        private Wtf8Decoder _decoder = new();

        public override void Append(int symbol, StringBuilder text)
        {
            codec.Require(symbol);
            foreach (byte value in merges.BytesOf(symbol)) _decoder.Append(value, text);
            if (symbol != Unknown) return;
            _decoder.Flush(text);
            text.Append(UnknownCharacter);
        }

        public override void Flush(StringBuilder text) => _decoder.Flush(text);

        protected override void Save(BinaryWriter writer) => _decoder.Save(writer);

        protected override void Restore(BinaryReader reader) => _decoder.Restore(reader);
    }
}
