using System.Xml.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MlNetRnn.Experiments;

/// <summary>A chart of markers and lines, drawn by ScottPlot.</summary>
internal sealed class Chart
{
    /// <summary>The number of shapes and colors of pipelines.</summary>
    public const int Shapes = 4;

    private const int LetterWidth = 7, Margin = 24, SampleWidth = 28, SampleHeight = 14;

    private static readonly MarkerShape[] Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond];

    private readonly List<(string Class, string? Title)> _shapes = [];
    private readonly List<(double X, double Y, string Text)> _texts = [];
    private readonly Plot _plot = new();
    private readonly int _width, _height, _margin;
    private int _slantedHeight;

    /// <summary>Creates a chart. All sizes are in pixels; the margin is the minimum space at the left and the right.</summary>
    public Chart(int width = 1068, int height = 350, int margin = Margin)
    {
        (_width, _height, _margin) = (width, height, margin);
        _plot.FigureBackground.Color = _plot.DataBackground.Color = Colors.Transparent;
        _plot.Grid.MajorLineColor = ReportColors.Of(ReportColors.Grid);
        _plot.Axes.SetLimits(0, 1, 0, 1);
        foreach (IAxis axis in _plot.Axes.GetAxes())
        {
            axis.IsVisible = axis.TickLabelStyle.IsVisible = axis.Label.IsVisible = false;
            axis.TickGenerator = new EmptyTickGenerator();
            axis.FrameLineStyle.Color = axis.MajorTickStyle.Color = ReportColors.Of(ReportColors.Line);
        }
    }

    /// <summary>Returns a marker for a legend.</summary>
    public static XElement MarkerSample(int pipeline, string color, TrialEnding ending) =>
        Sample(chart => chart.AddMarker(pipeline, new(0.5, 0.5), color, ending, "", null, 4));

    /// <summary>Returns a line for a legend.</summary>
    public static XElement LineSample(string color, float width, double opacity = 1) =>
        Sample(chart => chart.AddLine([new(0, 0.5), new(1, 0.5)], color, width, opacity, "", null));

    /// <summary>Adds an axis of numbers.</summary>
    public void AddAxis(Edge edge, double minimum, double maximum, string title = "", bool isWhole = false)
    {
        IAxis axis = _plot.Axes.GetAxes(edge).First();
        axis.IsVisible = true;
        axis.Label.Text = title;
        axis.Range.Set(minimum, maximum);
        axis.TickGenerator = new NumericAutomatic
        {
            // Not the size of the labels: it depends on the fonts of the machine that writes the report.
            TargetTickCount = edge.IsVertical() ? _height / 40 : _width / 90,
            IntegerTicksOnly = isWhole,
            MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1),
            LabelFormatter = value => Numbers.Tick(Math.Abs(value) < 1e-9 * (maximum - minimum) ? 0 : value),
        };
    }

    /// <summary>Adds the horizontal axis of texts, from 0 to a maximum; they are slanted if they would overlap.</summary>
    public void AddAxis(double maximum, IReadOnlyList<(double Position, string Label)> labels)
    {
        AddAxis(Edge.Bottom, 0, maximum);
        _plot.Axes.Bottom.TickGenerator = new NumericManual([.. labels.Select(label => label.Position)], [.. labels.Select(label => label.Label)]);
        bool mayOverlap = labels.Zip(labels.Skip(1)).Any(pair =>
            (pair.First.Label.Length + pair.Second.Label.Length) / 2.0 * LetterWidth
            > (pair.Second.Position - pair.First.Position) * (_width - 2 * _margin - 3 * LetterWidth) / maximum);
        if (mayOverlap) _slantedHeight = 2 * LetterWidth * labels.Max(label => label.Label.Length) / 3;
    }

    /// <summary>Adds a marker. Each pipeline has its own shape; the filling shows how the trial ended.</summary>
    public void AddMarker(int pipeline, Coordinates at, string color, TrialEnding ending, string names, string? title, float radius)
    {
        bool isBest = color == ReportColors.Best;
        MarkerStyle style = _plot.Add.Marker(at, Markers[pipeline % Shapes], 2 * radius).MarkerStyle;
        style.FillColor = ending == TrialEnding.Completed || isBest ? ReportColors.Of(color).WithAlpha(isBest ? 1 : 0.75) : ReportColors.Of(ReportColors.Back);
        style.OutlineColor = ReportColors.Of(isBest ? ReportColors.Text : color);
        style.OutlineWidth = ending == TrialEnding.Stopped ? 2.5f : 1.5f;
        _shapes.Add((names, title));
    }

    /// <summary>Adds a line from point to point; NaN is a gap.</summary>
    public void AddLine(IReadOnlyList<Coordinates> points, string color, float width, double opacity, string names, string? title, bool hasSteps = false)
    {
        // The first point after a gap is drawn twice: a single point would be invisible.
        bool IsFirst(int i) => i == 0 || double.IsNaN(points[i - 1].Y);
        Coordinates[] visible = [.. points.SelectMany((point, i) => Enumerable.Repeat(point, IsFirst(i) ? 2 : 1))];
        ScottPlot.Plottables.Scatter line = _plot.Add.ScatterLine(visible, ReportColors.Of(color).WithAlpha(opacity));
        line.LineWidth = width;
        if (hasSteps) line.ConnectStyle = ConnectStyle.StepHorizontal;
        _shapes.Add((names, title));
    }

    /// <summary>Adds a text at the right of a point.</summary>
    public void AddText(double x, double y, string text) => _texts.Add((x, y, text));

    /// <summary>Returns the chart.</summary>
    /// <param name="name">The description for screen readers.</param>
    public XElement ToSvg(string name)
    {
        using Paint paint = Paint.NewDisposablePaint();
        _plot.Axes.Left.RegenerateTicks(_height, paint);
        int label = _plot.Axes.Left.TickGenerator.Ticks.Select(tick => tick.Label.Length).DefaultIfEmpty().Max();
        bool hasTitle = _plot.Axes.Bottom.Label.Text.Length > 0;
        int left = Math.Max(_margin, 14 + LetterWidth * label), height = _height + _slantedHeight;
        _plot.Layout.Fixed(new PixelPadding(left, _margin, hasTitle ? 48 : 28 + _slantedHeight, hasTitle ? 28 : 10));
        XElement svg = ChartSvg.InPage(_plot.GetSvgXml(_width, height), _shapes);
        svg.Add(Html.Class("plot"), Html.At("role", "img"), Html.At("aria-label", name), Html.At("viewBox", $"0 0 {_width} {height}"));
        svg.Add(Texts(_plot.RenderManager.LastRender.DataRect).Where(text => text.Value.Length > 0));
        return svg;
    }

    /// <summary>
    /// Returns the texts of ScottPlot's axes as elements of the page. ScottPlot would place each letter for a font of the machine that writes the
    /// report, and omit all texts if that machine has no fonts, as many containers.
    /// </summary>
    private IEnumerable<XElement> Texts(PixelRect data) =>
    [
        .. from axis in _plot.Axes.GetAxes()
           from tick in axis.TickGenerator.Ticks
           let at = axis.GetPixel(tick.Position, data)
           select axis.Edge switch
           {
               Edge.Bottom => Text(at, data.Bottom + 18, tick.Label, _slantedHeight > 0 ? "before" : "below", _slantedHeight > 0 ? -40 : 0),
               Edge.Left => Text(data.Left - 8, at + 4, tick.Label, "before"),
               _ => Text(data.Right + 8, at + 4, tick.Label, ""),
           },
        Text(data.HorizontalCenter, data.Bottom + 38, _plot.Axes.Bottom.Label.Text, "below soft"),
        Text(4, data.Top - 14, _plot.Axes.Left.Label.Text, "soft"),
        .. _texts.Select(text => Text(_plot.Axes.Bottom.GetPixel(text.X, data) + 5, _plot.Axes.Left.GetPixel(text.Y, data) + 4, text.Text, "halo")),
    ];

    private static XElement Text(float x, float y, string text, string names, int angle = 0) => Html.Tag(
        "text", Html.Class(names), Html.At("transform", FormattableString.Invariant($"translate({x:0.#} {y:0.#}) rotate({angle})")), text);

    private static XElement Sample(Action<Chart> draw)
    {
        var chart = new Chart(SampleWidth, SampleHeight);
        draw(chart);
        chart._plot.Layout.Frameless();
        XElement svg = ChartSvg.InPage(chart._plot.GetSvgXml(SampleWidth, SampleHeight), chart._shapes);
        svg.Add(Html.At("width", SampleWidth), Html.At("height", SampleHeight), Html.At("aria-hidden", "true"));
        return svg;
    }
}
