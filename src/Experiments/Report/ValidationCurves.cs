using System.Xml.Linq;
using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>The validation metric of each trial over its epochs.</summary>
internal static class ValidationCurves
{
    /// <summary>The number of points of all lines together, and of a line; more cannot be distinguished.</summary>
    private const int MostPoints = 20_000, PointsOfLine = 20;

    public static XElement? Of(TrialScores scores)
    {
        TrialResult[] trials = [.. scores.All.Where(trial => trial.Curve.Any(double.IsFinite)).OrderBy(scores.IsBest)];
        if (trials.Length == 0) return null;
        // The trainers report a metric where higher is better, regardless of the metric of the experiment.
        ScoreLimits limits = ScoreLimits.Of(trials.SelectMany(trial => trial.Curve).Where(double.IsFinite), isMaximize: true, ScoreLimits.FarForCurves);
        int most = Math.Max(PointsOfLine, MostPoints / trials.Length);
        var chart = new Chart();
        chart.AddAxis(Edge.Left, limits.Minimum, limits.Maximum, "validation metric of the trainer");
        chart.AddAxis(Edge.Bottom, 1, Math.Max(2, trials.Max(trial => trial.Curve.Count)), "epoch", isWhole: true);
        foreach (TrialResult trial in trials)
        {
            Coordinates[] points = Points(trial.Curve, most, limits);
            int end = Array.FindLastIndex(points, point => !double.IsNaN(point.Y));
            if (end < 0) continue;
            (float width, double opacity) = scores.IsBest(trial) ? (3f, 1.0) : scores.HasMany ? (0.8f, 0.35) : (1.3f, 0.55);
            chart.AddLine(points, scores.ColorOf(trial), width, opacity, "curve " + scores.Names(trial), scores.LongTitle(trial));
            scores.AddMarker(chart, trial, points[end], scores.LongTitle(trial), scale: 0.8f);
        }
        return Section.Of(
            "curves",
            "Validation curves",
            Remark(scores, trials, limits),
            Section.Markers(scores, trials),
            Html.Tag("div", Html.Class("wide"), chart.ToSvg("Validation metric of each trial over its epochs")));
    }

    private static string Remark(TrialScores scores, TrialResult[] trials, ScoreLimits limits)
    {
        string[] without = [.. scores.Pipelines.Where(name => trials.All(trial => trial.TrialSettings.PipelineName != name))];
        return "The metric on the validation rows after each epoch; for a loss, its negative value. Higher is better. A marker ends each curve."
            + (without.Length > 0 ? $" Without epochs: {string.Join(", ", without)}." : "")
            + (limits.Beyond > 0 ? " Much worse values are drawn at the edge." : "");
    }

    private static Coordinates[] Points(IReadOnlyList<double> curve, int most, ScoreLimits limits)
    {
        int step = (curve.Count + most - 1) / most;
        return [.. curve.Select((metric, i) => new Coordinates(i + 1, double.IsFinite(metric) ? limits.Clamp(metric) : double.NaN))
            .Where((_, i) => i % step == 0 || i == curve.Count - 1)];
    }
}
