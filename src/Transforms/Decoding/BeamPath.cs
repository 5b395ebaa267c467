namespace MlNetRnn.Decoding;

/// <summary>The beginning of a sequence of symbols in a beam search. Beginnings share the paths before them.</summary>
/// <param name="Before">The path without its last symbol; null for a path of one symbol.</param>
/// <param name="Symbol">The last symbol, 0-based.</param>
/// <param name="LogProbability">The log-probability of all symbols of the path together.</param>
/// <param name="Length">The number of symbols, at least 1.</param>
internal sealed record BeamPath(BeamPath? Before, int Symbol, double LogProbability, int Length)
{
    /// <summary>Returns the symbols in their order.</summary>
    public int[] ToSymbols()
    {
        var symbols = new int[Length];
        for (BeamPath? path = this; path is not null; path = path.Before) symbols[path.Length - 1] = path.Symbol;
        return symbols;
    }
}
