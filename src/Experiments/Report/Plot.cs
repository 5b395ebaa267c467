using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>
/// A picture of dots and lines. Positions are from 0 to 1, up and to the right, and written as parts of the picture's size, so that text keeps its size in
/// windows of any width.
/// </summary>
/// <param name="name">The description for screen readers.</param>
internal sealed class Plot(string name)
{
    /// <summary>The room above a picture whose vertical axis has a title, in pixels.</summary>
    public const int RoomForTitle = 30;

    /// <summary>Paths have no percentages: they have a picture of their own, which is stretched.</summary>
    private const int Stretched = 1000;

    private const int LetterWidth = 7;

    private readonly List<XElement> _frame = [], _lines = [], _dots = [], _labels = [];
    private int _left = 12;

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; } = 280;

    /// <summary>Room below for labels, in pixels.</summary>
    public int Bottom { get; set; } = 44;

    /// <summary>Room above for labels, in pixels.</summary>
    public int Top { get; init; } = 12;

    public void AddHorizontalAxis(IEnumerable<(double Position, string Label)> ticks, string title)
    {
        foreach ((double position, string label) in ticks)
        {
            AddLine(position, 0, position, 1, "grid");
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
            AddLine(0, position, 1, position, "grid");
            AddText(0, position, label, "before", dx: -6, dy: 4);
            _left = Math.Max(_left, 12 + LetterWidth * label.Length);
        }
        if (title is not null) AddText(0, 1, title, "soft", dx: 4 - _left, dy: -14);
    }

    /// <summary>A straight line that belongs to the frame.</summary>
    public void AddLine(double x1, double y1, double x2, double y2, string names) => _frame.Add(Html.Tag("line", Html.Class(names),
        Html.At("x1", Numbers.Percent(x1)), Html.At("y1", Numbers.Percent(1 - y1)), Html.At("x2", Numbers.Percent(x2)), Html.At("y2", Numbers.Percent(1 - y2))));

    public void AddDot(int pipeline, double x, double y, string names, string? title, double radius) =>
        _dots.Add(PipelineMarker.At(pipeline, Numbers.Percent(x), Numbers.Percent(1 - y), radius, Html.Class(names), Title(title)));

    /// <summary>A line from point to point; null is a gap.</summary>
    public void AddPath(IEnumerable<(double X, double Y)?> points, string names, string? title)
    {
        var path = new StringBuilder();
        bool isDown = false;
        foreach ((double X, double Y)? point in points)
        {
            // With round ends, a line of length 0 is drawn as a dot.
            if (point is { } at) path.Append(CultureInfo.InvariantCulture, $"{(isDown ? "L" : "M")}{at.X * Stretched:0.#} {(1 - at.Y) * Stretched:0.#}{(isDown ? "" : "h0")}");
            isDown = point is not null;
        }
        if (path.Length > 0) _lines.Add(Html.Tag("path", Html.Class(names), Html.At("d", path), Title(title)));
    }

    public void AddText(double x, double y, string text, string names, int dx = 0, int dy = 0, string? title = null) => _labels.Add(Html.Tag("text", Html.Class(names),
        Html.At("x", Numbers.Percent(x)), Html.At("y", Numbers.Percent(1 - y)), Html.At("dx", dx), Html.At("dy", dy), text, Title(title)));

    /// <summary>Slanted text below the picture, for labels that are too long for horizontal text.</summary>
    public void AddSlantedText(double x, string text) => _labels.Add(Html.Tag("svg", Html.At("x", Numbers.Percent(x)), Html.At("y", "100%"),
        Html.Tag("text", Html.Class("before"), Html.At("transform", "translate(4 14) rotate(-40)"), text)));

    public XElement ToSvg() => Html.Tag("svg", Html.Class("plot"), Html.At("role", "img"), Html.At("aria-label", name),
        Html.At("style", string.Create(CultureInfo.InvariantCulture, $"height:{Height}px;width:calc(100% - {_left + 14}px);margin:{Top}px 14px {Bottom}px {_left}px")),
        _frame,
        Html.Tag("svg", Html.At("viewBox", $"0 0 {Stretched} {Stretched}"), Html.At("preserveAspectRatio", "none"), Html.At("width", "100%"), Html.At("height", "100%"), _lines),
        _dots, _labels);

    private static XElement? Title(string? title) => title is null ? null : Html.Tag("title", title);
}
