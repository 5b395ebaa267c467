using System.Numerics;

namespace MlNetRnn.NGrams;

/// <summary>
/// A builder of an <see cref="NGramModel"/>. It reads symbols in their order and counts n-grams, not texts: it needs 12 to 25 bytes per distinct n-gram of the
/// highest order, twice that while its arrays grow. Not thread-safe.
/// </summary>
internal abstract class NGramBuilder
{
    public const int MinimumOrder = 2, MaximumOrder = 8;

    /// <summary>Creates a builder.</summary>
    /// <param name="symbols">V, the number of symbols. Symbol 0 is the boundary.</param>
    /// <param name="order">n: a symbol depends on the n - 1 symbols before it, but not on those before a boundary.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is not possible for this number of symbols.</exception>
    public static NGramBuilder Create(int symbols, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(symbols);
        int bits = Math.Max(1, BitOperations.Log2((uint)symbols - 1) + 1);
        int maximum = Math.Min(MaximumOrder, 128 / bits);
        if (order < MinimumOrder || order > maximum)
        {
            throw new ArgumentOutOfRangeException(
                nameof(order), order,
                $"Order of an n-gram model: expected {MinimumOrder} to {maximum} with {symbols} symbols, got {order}. "
                + "Choose an order in this range, or a smaller vocabulary.");
        }
        return order * bits <= 64 ? new NGramBuilder<ulong>(symbols, order, bits) : new NGramBuilder<UInt128>(symbols, order, bits);
    }

    /// <summary>
    /// Reads the next symbols, each of which is predicted from those before it. The first one follows a boundary. A document ends with a boundary; a stream has
    /// none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A symbol is not in the vocabulary.</exception>
    public abstract void Add(ReadOnlySpan<int> symbols);

    /// <summary>Creates the model. The builder cannot be used afterwards.</summary>
    /// <param name="minimumCount">
    /// The minimum count of an n-gram of order 3 and above. Rarer ones are left out, which makes the model smaller and a little less accurate; 1 keeps all.
    /// </param>
    /// <param name="check">Called again and again; throws to cancel.</param>
    public abstract NGramModel Build(int minimumCount = 1, Action? check = null);
}
