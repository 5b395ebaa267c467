namespace MlNetRnn.Experiments;

/// <summary>
/// Validation curves as pruners compare them: by the best value that was reached with as much work, so that a network that learns a little more in an epoch
/// that takes five times as long is not preferred. Where a trial does not say what an epoch takes, by epochs.
/// </summary>
internal static class Curves
{
    /// <summary>The epochs of another trial that take no more work than all of a running one so far, with which it can be compared; they may be 0.</summary>
    public static int EpochsOf(TrialResult other, TrialResult running)
    {
        if (running.WorkPerEpoch <= 0 || other.WorkPerEpoch <= 0) return running.Curve.Count;
        // A hair's breadth above: equal networks have equal epochs.
        return (int)Math.Min(int.MaxValue, running.Curve.Count * running.WorkPerEpoch / other.WorkPerEpoch * (1 + 1e-9));
    }

    /// <summary>The best values of the others with as much work as a running trial has done, of all that have come so far or had ended by themselves before.</summary>
    public static double[] Reached(IEnumerable<TrialResult> others, TrialResult running) =>
    [
        .. from other in others
           let epochs = EpochsOf(other, running)
           where epochs > 0 && (other.Curve.Count >= epochs || other.Ending == TrialEnding.Completed)
           select other.Curve.Take(epochs).Max(),
    ];

    /// <summary>How far a running trial has come, in epochs of the first of the others.</summary>
    public static double Progress(TrialResult running, IReadOnlyList<TrialResult> others, int epochs) =>
        others.Count == 0 || running.WorkPerEpoch <= 0 || others[0].WorkPerEpoch <= 0 ? epochs : epochs * running.WorkPerEpoch / others[0].WorkPerEpoch;
}
