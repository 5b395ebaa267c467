namespace MlNetRnn.Symbols;

/// <summary>
/// A builder of a <see cref="SymbolCodec"/>, which reads the training rows once. It keeps counts of distinct units, not texts, so that its memory is bounded.
/// The result does not depend on the order of the rows unless there are more distinct units than fit (<see cref="CountError"/>). A training that continues
/// from a model needs no builder: the codec of the model stays as it is. Not thread-safe.
/// </summary>
internal abstract class SymbolCodecBuilder
{
    /// <summary>The number by which counts may be too low, because rare units were dropped to bound the memory; 0 if all counts are exact.</summary>
    public virtual long CountError => 0;

    /// <summary>Counts the units of a training row.</summary>
    public abstract void AddText(ReadOnlySpan<char> text);

    /// <summary>Creates the codec: the most frequent units come first; ties are broken by ordinal order.</summary>
    /// <param name="minimumCount">The minimum number of occurrences of a unit (for subwords: of a pair that is merged). Rarer ones are left out.</param>
    /// <param name="maximumSize">The maximum number of units, in addition to the boundary and the unknown symbol.</param>
    /// <param name="check">Called during the search for subwords; throws to cancel it.</param>
    public abstract SymbolCodec Build(int minimumCount, int maximumSize, Action? check = null);
}
