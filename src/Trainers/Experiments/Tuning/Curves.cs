namespace MlNetRnn.Experiments;

/// <summary>Validation curves as pruners see them: the best value so far.</summary>
internal static class Curves
{
    public static double BestUntil(IReadOnlyList<double> curve, int epoch) => curve.Take(epoch).Max();

    /// <summary>The best values until an epoch of all trials that have come so far, or have ended by themselves before.</summary>
    public static double[] BestUntil(IEnumerable<TrialResult> trials, int epoch) =>
        [.. trials.Where(trial => trial.Curve.Count >= epoch || trial.Ending == TrialEnding.Completed).Select(trial => BestUntil(trial.Curve, epoch))];
}
