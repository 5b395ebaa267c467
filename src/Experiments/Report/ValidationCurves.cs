using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>The validation metric of each trial over its epochs.</summary>
internal static class ValidationCurves
{
    /// <summary>The maximum number of points of all lines together; more cannot be distinguished.</summary>
    private const int MostPoints = 30_000;

    private const int LeastPointsOfLine = 20;

    public static XElement? Of(TrialScores scores)
    {
        TrialResult[] trials = [.. scores.All.Where(trial => trial.Curve.Any(double.IsFinite)).OrderBy(scores.IsBest)];
        if (trials.Length == 0) return null;
        // The trainers report a metric where higher is better, regardless of the metric of the experiment.
        Axis epochs = Axis.Count(trials.Max(trial => trial.Curve.Count)), metric = Axis.Curves(trials.SelectMany(trial => trial.Curve).Where(double.IsFinite));
        int most = Math.Max(LeastPointsOfLine, MostPoints / trials.Length);
        var chart = new Chart("Validation metric of each trial over its epochs") { Top = Chart.RoomForTitle };
        chart.AddVerticalAxis(metric.Ticks, "validation metric of the trainer");
        chart.AddHorizontalAxis(epochs.Ticks, "epoch");
        foreach (TrialResult trial in trials)
        {
            (double X, double Y)?[] points = [.. Points(trial.Curve, most, epochs, metric)];
            (float width, double opacity) = scores.IsBest(trial) ? (3f, 1.0) : scores.HasMany ? (0.8f, 0.35) : (1.3f, 0.55);
            chart.AddPath(points, scores.ColorOf(trial), width, opacity, "curve " + scores.Names(trial), scores.LongTitle(trial));
            if (points.LastOrDefault(point => point is not null) is { } end) scores.AddMarker(chart, trial, end.X, end.Y, scores.LongTitle(trial), scale: 0.8f);
        }
        return Section.Of(
            "curves",
            "Validation curves",
            Remark(scores, trials, metric),
            Section.Markers(scores, trials),
            Html.Tag("div", Html.Class("wide"), chart.ToSvg()));
    }

    private static string Remark(TrialScores scores, TrialResult[] trials, Axis metric)
    {
        string[] without = [.. scores.Pipelines.Where(name => trials.All(trial => trial.TrialSettings.PipelineName != name))];
        return "The metric on the validation rows after each epoch; for a loss, its negative value. Higher is better. A marker ends each curve."
            + (without.Length > 0 ? $" Without epochs: {string.Join(", ", without)}." : "")
            + (metric.Beyond > 0 ? " Much worse values are drawn at the edge." : "");
    }

    private static IEnumerable<(double, double)?> Points(IReadOnlyList<double> curve, int most, Axis epochs, Axis metric)
    {
        int step = (curve.Count + most - 1) / most;
        for (int i = 0; i < curve.Count; i += step) yield return Point(i);
        if (step > 1 && (curve.Count - 1) % step != 0) yield return Point(curve.Count - 1);

        (double, double)? Point(int i) => double.IsFinite(curve[i]) ? (epochs.Position(i + 1), metric.Position(curve[i])) : null;
    }
}
