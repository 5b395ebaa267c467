namespace MlNetRnn.Decoding;

/// <summary>
/// Beam search (Lowerre, 1976): finds probable sequences of K symbols, each of which depends on the symbols before it. After every step the search keeps the
/// most probable beginnings and extends only those. With width 1, each step takes its most probable symbol (greedy search).
/// </summary>
/// <param name="width">The number of beginnings that the search keeps.</param>
/// <param name="symbols">K.</param>
/// <param name="score">Computes the log-probabilities of the next symbol.</param>
/// <param name="allows">Returns whether a symbol may come next; null if every symbol may.</param>
internal sealed class BeamSearch(int width, int symbols, NextSymbolScore score, NextSymbolRule? allows = null)
{
    /// <summary>Finds the most probable sequences of a length, the best first.</summary>
    /// <param name="steps">The length of the sequences.</param>
    /// <returns>At most <c>width</c> sequences; fewer if the rule allows fewer.</returns>
    public IReadOnlyList<BeamPath> Find(int steps)
    {
        List<BeamPath> paths = [];
        var logProbabilities = new float[symbols];
        for (int step = 0; step < steps; step++)
        {
            var candidates = new List<BeamPath>();
            foreach (BeamPath? path in step == 0 ? [null] : (IEnumerable<BeamPath?>)paths)
            {
                score(path, step, logProbabilities);
                for (int symbol = 0; symbol < symbols; symbol++)
                {
                    if (allows is not null && !allows(path, step, symbol)) continue;
                    candidates.Add(new BeamPath(path, symbol, (path?.LogProbability ?? 0) + logProbabilities[symbol], step + 1));
                }
            }
            // A stable sort: of equally probable paths, the first found stays in front.
            paths = [.. candidates.OrderByDescending(path => path.LogProbability).Take(width)];
        }
        return paths;
    }
}

/// <summary>Computes log P(symbol | symbols before it) for each symbol of a step.</summary>
/// <param name="before">The symbols before; null at the first step.</param>
/// <param name="step">The step, from 0.</param>
/// <param name="logProbabilities">Receives the result, [K].</param>
internal delegate void NextSymbolScore(BeamPath? before, int step, Span<float> logProbabilities);

/// <summary>Returns whether a symbol may come after the symbols before it.</summary>
/// <param name="before">The symbols before; null at the first step.</param>
/// <param name="step">The step, from 0.</param>
/// <param name="symbol">The symbol, 0-based.</param>
internal delegate bool NextSymbolRule(BeamPath? before, int step, int symbol);
