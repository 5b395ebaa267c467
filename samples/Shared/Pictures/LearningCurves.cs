using ScottPlot;

namespace MlNetRnn.Samples;

/// <summary>Loss, metric and gradient norm over the epochs, as a picture.</summary>
public static class LearningCurves
{
    private const float LegendWidth = 150, AxisWidth = 80;

    /// <summary>Draws the curves.</summary>
    /// <param name="epochs">The reports at the ends of the epochs.</param>
    /// <param name="of">The unit of the loss: message, token.</param>
    /// <param name="rows">The word for validation rows: messages, sentences.</param>
    /// <param name="file">The picture.</param>
    public static void Draw(IReadOnlyList<RnnTrainingProgress> epochs, string of, string rows, string file)
    {
        var pages = new Multiplot();
        pages.AddPlots(3);
        Fill(pages, epochs, of, rows);
        pages.SavePng(file, 900, 960);
    }

    /// <summary>Fills three plots.</summary>
    internal static void Fill(Multiplot pages, IReadOnlyList<RnnTrainingProgress> epochs, string of, string rows)
    {
        int kept = epochs.ToList().FindLastIndex(epoch => epoch.IsBest);
        string metric = epochs[0].MetricName ?? "accuracy";
        double[] x = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        Curves(
            pages.GetPlot(0),
            "Loss",
            $"loss per {of}",
            kept,
            x,
            ("training", [.. epochs.Select(epoch => epoch.Loss)]),
            ("validation", [.. epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN)]));
        Curves(
            pages.GetPlot(1),
            $"{char.ToUpperInvariant(metric[0])}{metric[1..]} on the validation {rows}",
            metric,
            kept,
            x,
            (metric, [.. epochs.Select(epoch => epoch.ValidationMetric ?? double.NaN)]));
        Curves(
            pages.GetPlot(2),
            "Norm of the gradient before clipping",
            "gradient norm",
            kept,
            x,
            ("gradient norm", [.. epochs.Select(epoch => epoch.GradientNorm)]));
    }

    private static void Curves(Plot plot, string title, string y, int kept, double[] x, params (string Name, double[] Y)[] lines)
    {
        for (int i = 0; i < lines.Length; i++) PictureStyle.AddLine(plot, i, lines[i].Name, x, lines[i].Y);
        if (kept >= 0) MarkKept(plot, x[kept], [.. lines.Select(line => line.Y[kept])]);
        PictureStyle.Apply(plot, title, "epoch", y);
        PictureStyle.ShowEpochs(plot, x.Length);
        PictureStyle.AddLegend(plot, Edge.Right, LegendWidth);
        // The data of all three pictures begins at the same place.
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = AxisWidth;
    }

    /// <summary>A line at the epoch whose weights the model has, and a ring around its values.</summary>
    private static void MarkKept(Plot plot, double epoch, double[] values)
    {
        var line = plot.Add.VerticalLine(epoch, 2, PictureStyle.Best, LinePattern.Dashed);
        line.LegendText = $"kept: epoch {epoch:F0}";
        foreach (double value in values.Where(double.IsFinite)) plot.Add.Marker(epoch, value, MarkerShape.OpenCircle, 16, PictureStyle.Best).LineWidth = 2.5f;
    }
}
