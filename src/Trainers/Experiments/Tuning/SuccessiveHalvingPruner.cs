namespace MlNetRnn.Experiments;

/// <summary>
/// Asynchronous successive halving (Li et al., 2020): at epochs m, m·η, m·η² … a trial goes on only if it is among the best 1/η of all that have come so far.
/// </summary>
/// <param name="minimumEpochs">m: the first epoch at which trials are compared: 1 or more. After a single epoch a curve says little.</param>
/// <param name="reductionFactor">η: 2 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its limits.</exception>
public sealed class SuccessiveHalvingPruner(int minimumEpochs = 3, int reductionFactor = 3) : IPruner
{
    private readonly int _minimumEpochs = minimumEpochs >= 1 ? minimumEpochs : throw new ArgumentOutOfRangeException(nameof(minimumEpochs), minimumEpochs, "expected 1 or more");
    private readonly int _reductionFactor = reductionFactor >= 2 ? reductionFactor : throw new ArgumentOutOfRangeException(nameof(reductionFactor), reductionFactor, "expected 2 or more");

    /// <inheritdoc/>
    public bool ShouldPrune(TrialSettings settings, IReadOnlyList<double> curve, IReadOnlyList<TrialResult> others)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Halves(curve, others, _minimumEpochs, _reductionFactor);
    }

    /// <summary>Whether this epoch is one of comparison, and the trial not among the best.</summary>
    internal static bool Halves(IReadOnlyList<double> curve, IEnumerable<TrialResult> others, int minimumEpochs, int reductionFactor)
    {
        long rung = minimumEpochs;
        while (rung < curve.Count) rung *= reductionFactor;
        if (rung != curve.Count) return false;
        double[] reached = Curves.BestUntil(others, curve.Count);
        double own = Curves.BestUntil(curve, curve.Count);
        // With fewer than η trials there is no best 1/η yet.
        return reached.Length + 1 >= reductionFactor && reached.Count(other => other > own) >= (reached.Length + 1) / reductionFactor;
    }
}
