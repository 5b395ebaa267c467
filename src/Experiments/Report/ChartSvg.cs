using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>
/// Takes over the shapes of an SVG of ScottPlot into the page: with classes and tooltips, the colors of the page, and one decimal for positions.
/// </summary>
internal static partial class ChartSvg
{
    /// <summary>Returns a group for each shape.</summary>
    /// <param name="svg">The SVG.</param>
    /// <param name="shapes">Class and tooltip of each shape, in the order in which they were drawn.</param>
    public static IEnumerable<XElement> Shapes(string svg, IReadOnlyList<(string Class, string? Title)> shapes)
    {
        // ScottPlot draws each shape in a group that is clipped to the data area. Without the clipping, markers at the edge are complete.
        XElement[] groups = [.. XElement.Parse(svg).Elements().Where(element => element.Name.LocalName == "g")];
        for (int i = 0; i < groups.Length; i++)
        {
            (string names, string? title) = groups.Length == shapes.Count ? shapes[i] : ("", null);
            yield return Html.Tag("g", Html.Class(names), groups[i].Elements().Select(InPage), title is null ? null : Html.Tag("title", title));
        }
    }

    private static XElement InPage(XElement element) =>
        Html.Tag(element.Name.LocalName, element.Attributes().Where(IsNeeded).Select(InPage), element.Elements().Select(InPage));

    private static bool IsNeeded(XAttribute attribute) =>
        !attribute.IsNamespaceDeclaration && attribute.Name.LocalName is not ("stroke-miterlimit" or "clip-path");

    private static XAttribute InPage(XAttribute attribute) => Html.At(attribute.Name.LocalName, attribute.Name.LocalName switch
    {
        "fill" or "stroke" => ReportColors.InPage(attribute.Value),
        "fill-opacity" or "stroke-opacity" => Rounded(attribute.Value, "0.##"),
        _ => Rounded(attribute.Value, "0.#"),
    });

    private static string Rounded(string text, string format) =>
        Decimal().Replace(text, number => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\d+\.\d+(e-?\d+)?")]
    private static partial Regex Decimal();
}
