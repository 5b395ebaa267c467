namespace MlNetRnn.Experiments;

/// <summary>
/// Ends a trial whose best value so far is below the median of what the trials before it had reached with the same work (Golovin et al., 2017, section 3.2.2).
/// </summary>
/// <param name="startupTrials">Nothing is pruned before so many trials have come so far: 1 or more.</param>
/// <param name="warmupEpochs">No trial is pruned before it has done the work of so many epochs of the first trial: 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its limits.</exception>
public sealed class MedianPruner(int startupTrials = 4, int warmupEpochs = 2) : IPruner
{
    private readonly int _startupTrials = startupTrials >= 1 ? startupTrials : throw new ArgumentOutOfRangeException(nameof(startupTrials), startupTrials, "expected 1 or more");
    private readonly int _warmupEpochs = warmupEpochs >= 0 ? warmupEpochs : throw new ArgumentOutOfRangeException(nameof(warmupEpochs), warmupEpochs, "expected 0 or more");

    /// <inheritdoc/>
    public bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(others);
        if (Curves.Progress(running, others, running.Curve.Count) <= _warmupEpochs) return false;
        double[] reached = Curves.Reached(others, running);
        if (reached.Length < _startupTrials) return false;
        Array.Sort(reached);
        double median = (reached[(reached.Length - 1) / 2] + reached[reached.Length / 2]) / 2;
        return running.Curve.Max() < median;
    }
}
