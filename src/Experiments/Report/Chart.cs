using System.Xml.Linq;
using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>
/// A chart of markers and lines, drawn by ScottPlot. Positions are from 0 to 1, up and to the right. Its texts are elements of the page: they have the font
/// of the page, and no font has to be installed where the report is written.
/// </summary>
/// <param name="name">The description for screen readers.</param>
internal sealed class Chart(string name)
{
    /// <summary>The number of shapes and colors of pipelines.</summary>
    public const int Shapes = 4;

    /// <summary>The space above a chart whose vertical axis has a title, in pixels.</summary>
    public const int RoomForTitle = 30;

    private const int LetterWidth = 7, Right = 16;

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
    ];

    private readonly List<(IPlottable Shape, string Class, string? Title)> _frame = [], _lines = [], _markers = [];
    private readonly List<Label> _texts = [];
    private readonly Plot _plot = new();
    private int _left = 12;

    /// <summary>Width in pixels, margins included.</summary>
    public int Width { get; init; } = 1068;

    /// <summary>Height in pixels, without margins.</summary>
    public int Height { get; init; } = 280;

    /// <summary>Space below for labels, in pixels.</summary>
    public int Bottom { get; set; } = 44;

    /// <summary>Space above for labels, in pixels.</summary>
    public int Top { get; init; } = 12;

    /// <summary>Additional space at the left and the right, in pixels.</summary>
    public int Margin { get; init; }

    /// <summary>A marker for a legend.</summary>
    public static XElement MarkerSample(int pipeline, string color, TrialEnding ending) =>
        Sample(chart => chart.AddMarker(pipeline, 0.5, 0.5, color, ending, "", null, 4));

    /// <summary>A line for a legend.</summary>
    public static XElement LineSample(string color, float width) => Sample(chart => chart.AddLine([(0.07, 0.5), (0.93, 0.5)], color, width, 1, "", null));

    public void AddHorizontalAxis(IEnumerable<(double Position, string Label)> ticks, string title)
    {
        foreach ((double position, string label) in ticks)
        {
            AddFrame(position, 0, position, 1, ReportColors.Grid);
            AddText(position, 0, label, "below", dy: 16);
        }
        AddText(0.5, 0, title, "below soft", dy: 36);
    }

    /// <param name="ticks">The labels and their positions.</param>
    /// <param name="title">The title, above the axis; null for none.</param>
    public void AddVerticalAxis(IEnumerable<(double Position, string Label)> ticks, string? title = null)
    {
        foreach ((double position, string label) in ticks)
        {
            AddFrame(0, position, 1, position, ReportColors.Grid);
            AddText(0, position, label, "before", dx: -6, dy: 4);
            _left = Math.Max(_left, 12 + LetterWidth * label.Length);
        }
        if (title is not null) AddText(0, 1, title, "soft", dx: 4 - _left, dy: -14);
    }

    /// <summary>Adds a straight line of the frame.</summary>
    public void AddFrame(double x1, double y1, double x2, double y2, string color) => _frame.Add((Line([(x1, y1), (x2, y2)], color, 1, 1), "frame", null));

    /// <summary>Adds a marker. Each pipeline has its own shape; the filling shows how the trial ended.</summary>
    public void AddMarker(int pipeline, double x, double y, string color, TrialEnding ending, string names, string? title, float radius)
    {
        bool isBest = color == ReportColors.Best;
        var marker = new ScottPlot.Plottables.Marker { X = x, Y = y, Shape = Markers[pipeline % Markers.Length], Size = 2 * radius };
        marker.MarkerStyle.FillColor = ending == TrialEnding.Completed || isBest
            ? ReportColors.Of(color).WithAlpha(isBest ? 1 : 0.75)
            : ReportColors.Of(ReportColors.Back);
        marker.MarkerStyle.OutlineColor = ReportColors.Of(isBest ? ReportColors.Text : color);
        marker.MarkerStyle.OutlineWidth = ending == TrialEnding.Stopped ? 2.5f : 1.5f;
        _markers.Add((marker, names, title));
    }

    /// <summary>Adds a line from point to point; null is a gap.</summary>
    public void AddPath(IEnumerable<(double X, double Y)?> points, string color, float width, double opacity, string names, string? title)
    {
        var part = new List<(double X, double Y)>();
        foreach ((double X, double Y)? point in points.Append(null))
        {
            if (point is { } at) part.Add(at);
            else if (part.Count > 0)
            {
                AddLine([.. part], color, width, opacity, names, title);
                part.Clear();
            }
        }
    }

    public void AddText(double x, double y, string text, string names, int dx = 0, int dy = 0, string? title = null, bool isSlanted = false) =>
        _texts.Add(new Label(x, y, text, names, dx, dy, title, isSlanted));

    public XElement ToSvg()
    {
        (int left, int right, int height) = (_left + Margin, Right + Margin, Top + Height + Bottom);
        (IPlottable Shape, string Class, string? Title)[] shapes = [.. _frame, .. _lines, .. _markers];
        foreach ((IPlottable shape, _, _) in shapes) _plot.PlottableList.Add(shape);
        _plot.HideAxesAndGrid();
        _plot.FigureBackground.Color = _plot.DataBackground.Color = Colors.Transparent;
        _plot.Axes.SetLimits(0, 1, 0, 1);
        _plot.Layout.Fixed(new PixelPadding(left, right, Bottom, Top));
        IEnumerable<XElement> drawn = ChartSvg.Shapes(_plot.GetSvgXml(Width, height), [.. shapes.Select(shape => (shape.Class, shape.Title))]);
        return Html.Tag(
            "svg",
            Html.Class("plot"), Html.At("role", "img"), Html.At("aria-label", name), Html.At("viewBox", FormattableString.Invariant($"0 0 {Width} {height}")),
            drawn,
            _texts.Select(text => Text(text.X * (Width - left - right) + left, (1 - text.Y) * Height + Top, text)));
    }

    private static XElement Text(double x, double y, Label text) => Html.Tag(
        "text",
        Html.Class(text.Class),
        text.IsSlanted
            ? Html.At("transform", FormattableString.Invariant($"translate({x + text.Dx:0.#} {y + text.Dy:0.#}) rotate(-40)"))
            : new[] { Html.At("x", Numbers.Pixels(x + text.Dx)), Html.At("y", Numbers.Pixels(y + text.Dy)) },
        text.Text,
        text.Title is null ? null : Html.Tag("title", text.Title));

    private void AddLine((double X, double Y)[] points, string color, float width, double opacity, string names, string? title)
    {
        // A line through a single point would be invisible.
        if (points.Length == 1) points = [points[0], (points[0].X + 1e-3, points[0].Y)];
        _lines.Add((Line(points, color, width, opacity), names, title));
    }

    private static ScottPlot.Plottables.Scatter Line((double X, double Y)[] points, string color, float width, double opacity) =>
        new(new ScottPlot.DataSources.ScatterSourceCoordinatesArray([.. points.Select(point => new Coordinates(point.X, point.Y))]))
        {
            MarkerSize = 0,
            LineWidth = width,
            LineColor = ReportColors.Of(color).WithAlpha(opacity),
        };

    private static XElement Sample(Action<Chart> draw)
    {
        var chart = new Chart("") { Width = 28 + 12 + Right, Height = 14, Top = 0, Bottom = 0 };
        draw(chart);
        XElement svg = chart.ToSvg();
        svg.ReplaceAttributes(Html.At("viewBox", "12 0 28 14"), Html.At("width", 28), Html.At("height", 14), Html.At("aria-hidden", "true"));
        return svg;
    }

    /// <summary>A text at a position, moved by some pixels.</summary>
    private sealed record Label(double X, double Y, string Text, string Class, int Dx, int Dy, string? Title, bool IsSlanted);
}
