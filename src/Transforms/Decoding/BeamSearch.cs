namespace MlNetRnn.Decoding;

/// <summary>
/// Beam search (Lowerre, 1976): finds probable sequences of symbols, each of which depends on the symbols before it. After every step the search keeps the
/// most probable beginnings and extends only those. With width 1, each step takes its most probable symbol (greedy search).
/// </summary>
/// <param name="width">The number of beginnings that the search keeps.</param>
/// <param name="symbols">V, the number of symbols.</param>
/// <param name="scoring">Computes the log-probabilities of the next symbol for all beginnings of a step; null if only <see cref="Begin"/> is called.</param>
/// <param name="filter">Changes these numbers; null for no change.</param>
internal sealed class BeamSearch(int width, int symbols, BeamScoring? scoring, BeamFilter? filter = null)
{
    private readonly int? _count;

    /// <summary>The symbol that completes a sequence; null if all sequences have the maximum length.</summary>
    public int? End { get; init; }

    /// <summary>A symbol that no sequence may contain; null for none. Unlike a filter, it needs no copy of the log-probabilities.</summary>
    public int? Forbidden { get; init; }

    /// <summary>Returns whether a beginning is complete for another reason; null for no other reason.</summary>
    public Func<BeamPath, bool>? IsComplete { get; init; }

    /// <summary>
    /// α: a sequence Y is ranked by Score(Y) · (6 / (5 + |Y|))^α (Wu et al., 2016). The search assumes that scores of symbols are at most 0 if there are
    /// complete sequences.
    /// </summary>
    public double LengthPenalty { get; init; }

    /// <summary>The number of sequences to find.</summary>
    public int Count { get => _count ?? width; init => _count = value; }

    /// <summary>The best beginning of the last step; null if it has no symbols. Nothing may follow it if the search found no sequence.</summary>
    public BeamPath? LastBest { get; private set; }

    /// <summary>Finds the best sequences of at most <paramref name="steps"/> symbols, the best first.</summary>
    /// <param name="steps">The maximum length. A sequence that reaches it is ranked as it is.</param>
    /// <param name="cancellation">Cancels the search before the next step.</param>
    /// <returns>At most <see cref="Count"/> sequences; fewer if the filter allows fewer.</returns>
    public IReadOnlyList<BeamPath> Find(int steps, CancellationToken cancellation = default)
    {
        BeamSearchRun run = Begin(steps);
        float[] logProbabilities = [];
        while (!run.HasEnded)
        {
            cancellation.ThrowIfCancellationRequested();
            LastBest = run.Open[0];
            int length = run.Open.Length * symbols;
            if (logProbabilities.Length < length) logProbabilities = new float[length];
            scoring!(run.Open, run.From, logProbabilities.AsSpan(0, length));
            run.Advance(logProbabilities.AsSpan(0, length));
        }
        return run.Found;
    }

    /// <summary>Begins a search that the caller advances, so that several searches can share the steps of a model.</summary>
    /// <param name="steps">The maximum length.</param>
    public BeamSearchRun Begin(int steps) => new(this, steps, new BeamCandidates(width, symbols, Forbidden), filter);

    /// <summary>Returns whether no beginning can become better than the sequences found.</summary>
    /// <remarks>
    /// Scores of symbols are at most 0, so a beginning keeps its score at best. The rank of a score below 0 rises with the length, so the bound is the rank at
    /// the maximum length.
    /// </remarks>
    internal bool CanStop(List<BeamPath> found, BeamPath? best, int steps) =>
        found.Count == Count && best is not null && Rank(found[^1].Score, found[^1].Length) >= Rank(best.Score, steps);

    internal double Rank(double score, int length) => score * Factor(length, LengthPenalty);

    /// <summary>Returns the factor of the length penalty, (6 / (5 + length))^α.</summary>
    public static double Factor(int length, double penalty) => penalty == 0 ? 1 : Math.Pow(6.0 / (5 + length), penalty);
}
