using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The validation metric of each trial over its epochs.</summary>
internal static class ValidationCurves
{
    /// <summary>So many points of all lines together are more than can be seen.</summary>
    private const int MostPoints = 30_000;

    private const int LeastPointsOfLine = 20;

    public static XElement? Of(TrialScores scores)
    {
        TrialResult[] trials = [.. scores.All.Where(trial => trial.Curve.Any(double.IsFinite)).OrderBy(scores.IsBest)];
        if (trials.Length == 0) return null;
        // The trainers measure something that is better when higher, whatever the experiment's metric is.
        Axis epochs = Axis.Count(trials.Max(trial => trial.Curve.Count)), metric = Axis.Curves(trials.SelectMany(trial => trial.Curve).Where(double.IsFinite));
        int most = Math.Max(LeastPointsOfLine, MostPoints / trials.Length);
        var plot = new Plot("Validation metric of each trial over its epochs");
        plot.AddVerticalAxis(metric.Ticks);
        plot.AddHorizontalAxis(epochs.Ticks, "epoch");
        foreach (TrialResult trial in trials) plot.AddPath(Points(trial.Curve, most, epochs, metric), "curve " + scores.Names(trial), scores.LongTitle(trial));
        return Section.Of("curves", "Validation curves", "What the trainer measured after each epoch, or minus its loss where the metric is one; higher is better." + (metric.Beyond > 0 ? " What is too poor for the picture lies on its edge." : ""),
            Section.Legend([
                .. new[] { TrialEnding.Completed, TrialEnding.Pruned, TrialEnding.Stopped, TrialEnding.Failed }
                    .Where(ending => trials.Any(trial => trial.Ending == ending && !scores.IsBest(trial)))
                    .Select(ending => ("curve " + TrialScores.Ending(ending), true, TrialScores.Ending(ending))),
                .. trials.Any(scores.IsBest) ? [("curve best", true, "the best")] : Array.Empty<(string, bool, string)>(),
            ]),
            plot.ToSvg());
    }

    private static IEnumerable<(double, double)?> Points(IReadOnlyList<double> curve, int most, Axis epochs, Axis metric)
    {
        int step = (curve.Count + most - 1) / most;
        for (int i = 0; i < curve.Count; i += step) yield return Point(i);
        if (step > 1 && (curve.Count - 1) % step != 0) yield return Point(curve.Count - 1);

        (double, double)? Point(int i) => double.IsFinite(curve[i]) ? (epochs.Position(i + 1), metric.Position(curve[i])) : null;
    }
}
