using System.Globalization;
using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>
/// The marker of a trial in a picture. Each pipeline has a shape and a color of its own, so that pipelines can be distinguished without color, too.
/// </summary>
internal static class PipelineMarker
{
    /// <summary>The corners of each shape within a circle of radius 1; none for the circle. The areas are about the same.</summary>
    private static readonly (double X, double Y)[][] Shapes =
    [
        [],
        [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        [(0, -1.25), (1.2, 0.85), (-1.2, 0.85)],
        [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)],
    ];

    /// <summary>The style class with the color of a pipeline.</summary>
    /// <param name="pipeline">The number of the pipeline, from 0.</param>
    public static string Names(int pipeline) => "p" + Numbers.Whole(pipeline % Shapes.Length);

    /// <summary>Returns the marker at a position.</summary>
    /// <param name="pipeline">The number of the pipeline, from 0.</param>
    /// <param name="x">The horizontal position, with its unit.</param>
    /// <param name="y">The vertical position, with its unit.</param>
    /// <param name="radius">The radius in pixels.</param>
    /// <param name="content">Attributes and elements of the marker.</param>
    public static XElement At(int pipeline, string x, string y, double radius, params object?[] content)
    {
        (double X, double Y)[] corners = Shapes[pipeline % Shapes.Length];
        if (corners.Length == 0) return Html.Tag("circle", Html.At("cx", x), Html.At("cy", y), Html.At("r", Pixels(radius)), content);
        // A polygon has no relative positions: it gets a picture of its own at its place.
        string points = string.Join(' ', corners.Select(corner => $"{Pixels(radius * corner.X)},{Pixels(radius * corner.Y)}"));
        return Html.Tag("svg", Html.At("x", x), Html.At("y", y), content, Html.Tag("polygon", Html.At("points", points)));
    }

    private static string Pixels(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
