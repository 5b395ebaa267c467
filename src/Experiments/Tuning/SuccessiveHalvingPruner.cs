namespace MlNetRnn.Experiments;

/// <summary>
/// A pruner that is asynchronous successive halving (Li et al., 2020): after the work of m, m·η, m·η² … epochs of the first trial, a trial continues only
/// if it is among the best 1/η of all trials that have done this work. Trials are compared by work, not by epochs: a network whose epoch takes five times
/// as long is compared after a fifth of the epochs.
/// </summary>
/// <param name="minimumEpochs">
/// m: the work after which trials are first compared, in epochs of the first trial: 1 or more. A single epoch is hardly informative.
/// </param>
/// <param name="reductionFactor">η: 2 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
public sealed class SuccessiveHalvingPruner(int minimumEpochs = 3, int reductionFactor = 3) : IPruner
{
    private readonly int _minimumEpochs = minimumEpochs >= 1
        ? minimumEpochs
        : throw new ArgumentOutOfRangeException(nameof(minimumEpochs), minimumEpochs, "expected 1 or more");
    private readonly int _reductionFactor = reductionFactor >= 2
        ? reductionFactor
        : throw new ArgumentOutOfRangeException(nameof(reductionFactor), reductionFactor, "expected 2 or more");

    /// <inheritdoc/>
    public bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(others);
        return Halves(running, others, _minimumEpochs, _reductionFactor);
    }

    /// <summary>Returns whether a running trial has reached a comparison in this epoch, and is not among the best.</summary>
    internal static bool Halves(TrialResult running, IReadOnlyList<TrialResult> others, int minimumEpochs, int reductionFactor)
    {
        double before = Curves.Progress(running, others, running.Curve.Count - 1);
        double now = Curves.Progress(running, others, running.Curve.Count) * (1 + 1e-9);
        double rung = minimumEpochs;
        while (rung <= before * (1 + 1e-9)) rung *= reductionFactor;
        if (rung > now) return false;
        double[] reached = Curves.Reached(others, running);
        double own = running.Curve.Max();
        // Of fewer than η trials, one continues.
        return reached.Count(other => other > own) >= Math.Max(1, (reached.Length + 1) / reductionFactor);
    }
}
