using ScottPlot;

namespace MlNetRnn.Samples;

/// <summary>Loss, metric and gradient norm over the epochs, as a picture.</summary>
internal static class LearningCurves
{
    /// <param name="epochs">The ends of the epochs.</param>
    /// <param name="of">The unit of the loss: message, token.</param>
    /// <param name="rows">The word for validation rows: messages, sentences.</param>
    /// <param name="file">The picture.</param>
    public static void Draw(IReadOnlyList<RnnTrainingProgress> epochs, string of, string rows, string file)
    {
        double[] x = [.. epochs.Select(e => (double)e.Epoch)];
        double best = epochs.LastOrDefault(e => e.IsBest)?.Epoch ?? 0;
        string metric = epochs[0].MetricName ?? "accuracy";
        var pages = new Multiplot();
        pages.AddPlots(3);
        Curve(pages.GetPlot(0), $"Loss (nats per {of})", best, ("training", x, [.. epochs.Select(e => e.Loss)]), ("validation", x, [.. epochs.Select(e => e.ValidationLoss ?? double.NaN)]));
        Curve(pages.GetPlot(1), $"{char.ToUpperInvariant(metric[0])}{metric[1..]} on the validation {rows}", best, (metric, x, [.. epochs.Select(e => e.ValidationMetric ?? double.NaN)]));
        Curve(pages.GetPlot(2), "Norm of the gradient before clipping", best, ("gradient norm", x, [.. epochs.Select(e => e.GradientNorm)]));
        pages.SavePng(file, 900, 900);
    }

    private static void Curve(Plot plot, string title, double best, params (string Name, double[] X, double[] Y)[] lines)
    {
        foreach ((string name, double[] xs, double[] ys) in lines)
        {
            var scatter = plot.Add.Scatter(xs, ys);
            (scatter.LegendText, scatter.LineWidth) = (name, 2);
        }
        if (best > 0)
        {
            var line = plot.Add.VerticalLine(best, 1, Colors.Gray, LinePattern.Dashed);
            line.LegendText = "epoch kept";
        }
        plot.Title(title);
        plot.XLabel("epoch");
        plot.ShowLegend(Alignment.UpperRight);
    }
}
