namespace MlNetRnn.Experiments;

/// <summary>
/// Ends a trial whose best value so far is below the median of what the trials before it had reached at the same epoch (Golovin et al., 2017, section 3.2.2).
/// </summary>
/// <param name="startupTrials">Nothing is pruned before so many trials have reached the epoch: 1 or more.</param>
/// <param name="warmupEpochs">No trial is pruned before it has finished so many epochs: 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its limits.</exception>
public sealed class MedianPruner(int startupTrials = 4, int warmupEpochs = 2) : IPruner
{
    private readonly int _startupTrials = startupTrials >= 1 ? startupTrials : throw new ArgumentOutOfRangeException(nameof(startupTrials), startupTrials, "expected 1 or more");
    private readonly int _warmupEpochs = warmupEpochs >= 0 ? warmupEpochs : throw new ArgumentOutOfRangeException(nameof(warmupEpochs), warmupEpochs, "expected 0 or more");

    /// <inheritdoc/>
    public bool ShouldPrune(TrialSettings settings, IReadOnlyList<double> curve, IReadOnlyList<TrialResult> others)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (curve.Count <= _warmupEpochs) return false;
        double[] reached = Curves.BestUntil(others, curve.Count);
        if (reached.Length < _startupTrials) return false;
        Array.Sort(reached);
        double median = (reached[(reached.Length - 1) / 2] + reached[reached.Length / 2]) / 2;
        return Curves.BestUntil(curve, curve.Count) < median;
    }
}
