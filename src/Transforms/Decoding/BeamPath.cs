namespace MlNetRnn.Decoding;

/// <summary>The beginning of a sequence of symbols in a beam search. Beginnings share the paths before them.</summary>
/// <param name="Before">The path without its last symbol; null for a path of one symbol.</param>
/// <param name="Symbol">The last symbol, 0-based.</param>
/// <param name="LogProbability">The log-probability of all symbols of the path together, as the model computed it.</param>
/// <param name="Score">What the search maximizes: the log-probability after the filter of the search.</param>
/// <param name="Length">The number of symbols, at least 1.</param>
internal sealed record BeamPath(BeamPath? Before, int Symbol, double LogProbability, double Score, int Length)
{
    /// <summary>Returns the symbols in their order.</summary>
    public int[] ToSymbols()
    {
        var symbols = new int[Length];
        CopyTo(symbols);
        return symbols;
    }

    /// <summary>Writes the symbols in their order.</summary>
    public void CopyTo(Span<int> symbols)
    {
        for (BeamPath? path = this; path is not null; path = path.Before) symbols[path.Length - 1] = path.Symbol;
    }

    /// <summary>Returns the log-probability of each symbol, given those before it.</summary>
    public float[] ToLogProbabilities()
    {
        var result = new float[Length];
        for (BeamPath? path = this; path is not null; path = path.Before)
            result[path.Length - 1] = (float)(path.LogProbability - (path.Before?.LogProbability ?? 0));
        return result;
    }
}
