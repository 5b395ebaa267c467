namespace MlNetRnn.Experiments;

/// <summary>
/// Compares validation curves by the best value that was reached with the same work, so that a network that is slightly better after an epoch that takes
/// five times as long is not preferred. Trials that do not report the work of an epoch are compared by epochs.
/// </summary>
internal static class Curves
{
    /// <summary>Returns the number of epochs of another trial that take no more work than the running trial has done; can be 0.</summary>
    public static int EpochsOf(TrialResult other, TrialResult running)
    {
        if (running.WorkPerEpoch <= 0 || other.WorkPerEpoch <= 0) return running.Curve.Count;
        // The factor absorbs rounding: equal networks have equal epochs.
        return (int)Math.Min(int.MaxValue, running.Curve.Count * running.WorkPerEpoch / other.WorkPerEpoch * (1 + 1e-9));
    }

    /// <summary>
    /// Returns the best values of other trials with the work of the running trial, of those that have done this work or were completed before.
    /// </summary>
    public static double[] Reached(IEnumerable<TrialResult> others, TrialResult running) =>
    [
        .. from other in others
           let epochs = EpochsOf(other, running)
           where epochs > 0 && (other.Curve.Count >= epochs || other.Ending == TrialEnding.Completed)
           select other.Curve.Take(epochs).Max(),
    ];

    /// <summary>Returns the work of a running trial, in epochs of the first other trial.</summary>
    public static double Progress(TrialResult running, IReadOnlyList<TrialResult> others, int epochs) =>
        others.Count == 0 || running.WorkPerEpoch <= 0 || others[0].WorkPerEpoch <= 0 ? epochs : epochs * running.WorkPerEpoch / others[0].WorkPerEpoch;
}
