namespace MlNetRnn.Experiments;

/// <summary>
/// A pruner that stops a trial if its best value so far is below the median of the values that earlier trials had reached with the same work (Golovin et
/// al., 2017, section 3.2.2).
/// </summary>
/// <param name="startupTrials">The number of trials that must have done the same work before trials are pruned: 1 or more.</param>
/// <param name="warmupEpochs">The minimum work of a trial before it is pruned, in epochs of the first trial: 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
public sealed class MedianPruner(int startupTrials = 4, int warmupEpochs = 2) : IPruner
{
    private readonly int _startupTrials = startupTrials >= 1
        ? startupTrials
        : throw new ArgumentOutOfRangeException(nameof(startupTrials), startupTrials, "expected 1 or more");
    private readonly int _warmupEpochs = warmupEpochs >= 0
        ? warmupEpochs
        : throw new ArgumentOutOfRangeException(nameof(warmupEpochs), warmupEpochs, "expected 0 or more");

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
