using System.Numerics;

namespace MlNetRnn.NGrams;

/// <summary>
/// N-grams as unsigned integers. From the highest digit on: the symbol before the last one, the one before that, and so on to the oldest; the lowest digit is
/// the last symbol. In sorted order, n-grams with the same context are adjacent, and so are contexts that end alike. A context that a boundary shortens is
/// padded with boundaries (0) at its old end.
/// </summary>
/// <param name="bits">The number of bits of a digit.</param>
internal sealed class NGramKeys<TKey>(int bits)
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private readonly TKey _mask = (TKey.One << bits) - TKey.One;

    /// <summary>Returns the n-gram of a context and the symbol after it.</summary>
    public TKey Followed(TKey context, int symbol) => context << bits | TKey.CreateTruncating(symbol);

    /// <summary>Returns the context after one more symbol.</summary>
    public TKey Moved(TKey context, int symbol, int length) => context >> bits | TKey.CreateTruncating(symbol) << bits * (length - 1);

    /// <summary>Returns an n-gram without its last symbol, or a context without its oldest symbol.</summary>
    public TKey Prefix(TKey key) => key >> bits;

    /// <summary>Returns a digit, counted from the lowest one.</summary>
    public int Digit(TKey key, int place) => int.CreateTruncating(key >> bits * place & _mask);

    /// <summary>Returns whether an n-gram is more than a shorter one that is padded with boundaries.</summary>
    /// <param name="key">The n-gram.</param>
    /// <param name="length">The number of symbols of its context.</param>
    public bool IsUnpadded(TKey key, int length) => length < 2 || Digit(key, 2) != 0;

    /// <summary>
    /// Drops the oldest symbol of the contexts. The counts become those of Kneser-Ney: the number of symbols that precede an n-gram, or its occurrences if its
    /// context begins with a boundary, before which there is nothing.
    /// </summary>
    /// <param name="grams">The n-grams.</param>
    /// <param name="length">The number of symbols of their contexts.</param>
    public void Shorten(CountedKeys<TKey> grams, int length) => grams.Change(
        gram => gram >> 2 * bits,
        (gram, count) => (gram >> 2 * bits << bits | gram & _mask, IsUnpadded(gram, length) ? 1 : count));
}
