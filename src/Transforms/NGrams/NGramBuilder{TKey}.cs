using System.Numerics;
using System.Runtime.InteropServices;

namespace MlNetRnn.NGrams;

/// <summary>Counts n-grams as sorted keys, and keeps symbols in a buffer until it is worth sorting them.</summary>
/// <typeparam name="TKey">An unsigned integer with room for n symbols.</typeparam>
/// <param name="symbols">V, the number of symbols.</param>
/// <param name="order">n, the number of symbols of an n-gram.</param>
/// <param name="bits">The number of bits of a symbol in a key.</param>
/// <param name="maximumBuffered">The number of n-grams that are sorted together.</param>
internal sealed class NGramBuilder<TKey>(int symbols, int order, int bits, int maximumBuffered = 1 << 22) : NGramBuilder
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private readonly NGramKeys<TKey> _keys = new(bits);
    private readonly List<TKey> _buffer = [];
    private CountedKeys<TKey>? _grams = new();
    private TKey _context = TKey.Zero;      // only boundaries

    public override void Add(ReadOnlySpan<int> added)
    {
        RequireOpen();
        foreach (int symbol in added)
        {
            if ((uint)symbol >= (uint)symbols)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(added), symbol, $"Symbol: expected a number from 0 to {symbols - 1}, got {symbol}. Use the vocabulary of the model.");
            }
            if (_buffer.Count == maximumBuffered) Flush();
            _buffer.Add(_keys.Followed(_context, symbol));
            _context = symbol == 0 ? TKey.Zero : _keys.Moved(_context, symbol, order - 1);
        }
    }

    public override NGramModel Build(int minimumCount = 1, Action? check = null)
    {
        CountedKeys<TKey> grams = RequireOpen();
        Flush();
        _grams = null;
        _buffer.Capacity = 0;
        var levels = new NGramLevel[order];
        var longer = new CountedKeys<TKey>();
        for (int length = order - 1; length >= 0; length--)
        {
            var level = new NGramLevelBuilder<TKey>(_keys, length, grams, longer);
            levels[length] = level.Build(minimumCount, isLast: length == order - 1, check ?? (() => { }));
            longer = level.ContextsByEnd;
            if (length > 0) _keys.Shorten(grams, length);
        }
        return new NGramModel(symbols, levels);
    }

    private void Flush()
    {
        _buffer.Sort();
        _grams!.Add(CollectionsMarshal.AsSpan(_buffer));
        _buffer.Clear();
    }

    private CountedKeys<TKey> RequireOpen() => _grams ?? throw new InvalidOperationException(
        "N-grams: expected one call of Build, after all symbols were added, got another call. Build changes the counts; create a new builder.");
}
