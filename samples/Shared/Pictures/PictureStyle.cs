using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace MlNetRnn.Samples;

/// <summary>
/// The style of all pictures: a sans-serif font, a light grid, a legend next to the data, and the colors of the report of experiments and of the service's
/// page.
/// </summary>
public static class PictureStyle
{
    private const float TitleSize = 15, LabelSize = 13;

    private static readonly string[] SansSerif = ["Inter", "Segoe UI", "Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans"];

    /// <summary>The color of text and of lines that mark something.</summary>
    public static readonly Color Text = Color.FromHex("#1b1f24");

    /// <summary>The color of axes and of remarks.</summary>
    public static readonly Color Soft = Color.FromHex("#57606a");

    /// <summary>The color of what is chosen: the best trial, the epoch that is kept.</summary>
    public static readonly Color Best = Color.FromHex("#d55e00");

    private static readonly Color Grid = Color.FromHex("#ebeef1");

    /// <summary>The colors of series (of Okabe and Ito's palette, or close to it).</summary>
    private static readonly Color[] Colors =
        [.. new[] { "#0072b2", "#00805e", "#a3397f", "#7a6200", "#56b4e9", "#e69f00", "#6b7280" }.Select(hex => Color.FromHex(hex))];

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond];

    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    /// <summary>The first installed font of the usual sans-serif fonts.</summary>
    public static string Font { get; } = SansSerif.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Sans;

    /// <summary>Returns the color of a series.</summary>
    public static Color ColorOf(int series) => Colors[series % Colors.Length];

    /// <summary>Adds a line whose color, markers and pattern distinguish it from other series.</summary>
    public static void AddLine(Plot plot, int series, string name, double[] x, double[] y, bool hasMarkers = true)
    {
        var line = plot.Add.Scatter(x, y, ColorOf(series));
        (line.LegendText, line.LineWidth, line.LinePattern) = (name, 2, Patterns[series % Patterns.Length]);
        (line.MarkerShape, line.MarkerSize) = (Shapes[series % Shapes.Length], hasMarkers ? 7 : 0);
    }

    /// <summary>Sets titles, fonts, colors and grid; to be called after the data was added.</summary>
    public static void Apply(Plot plot, string title, string? x, string? y = null)
    {
        plot.Title(title, TitleSize);
        if (x is not null) plot.XLabel(x, LabelSize);
        if (y is not null) plot.YLabel(y, LabelSize);
        plot.Font.Set(Font);
        plot.Axes.Color(Soft);
        plot.Axes.Title.Label.ForeColor = Text;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            (axis.Label.Bold, axis.Label.ForeColor) = (false, Text);
            axis.TickLabelStyle.ForeColor = Text;
        }
        plot.Axes.Right.FrameLineStyle.Width = plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Grid;
    }

    /// <summary>Makes the horizontal axis one of epochs, from 1: whole numbers without marks between them.</summary>
    public static void ShowEpochs(Plot plot, int count)
    {
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1) };
        plot.Axes.AutoScaleY();
        plot.Axes.SetLimitsX(0.5, count + 0.5);
    }

    /// <summary>Shows a legend outside of the data, without frame and shadow.</summary>
    /// <param name="plot">The picture.</param>
    /// <param name="edge">The side of the data.</param>
    /// <param name="width">The width of a legend at the right, so that the data of several pictures has the same width; 0 for the width of its texts.</param>
    public static void AddLegend(Plot plot, Edge edge, float width = 0)
    {
        (plot.Legend.OutlineWidth, plot.Legend.ShadowColor, plot.Legend.BackgroundColor) = (0, ScottPlot.Colors.Transparent, ScottPlot.Colors.Transparent);
        (plot.Legend.FontName, plot.Legend.FontSize, plot.Legend.FontColor) = (Font, LabelSize, Text);
        var panel = plot.ShowLegend(edge);
        if (width > 0) (panel.MinimumSize, panel.MaximumSize) = (width, width);
    }
}
