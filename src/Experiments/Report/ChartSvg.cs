using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>Adapts an SVG of ScottPlot to the page: colors that follow the mode of the page, classes and tooltips.</summary>
internal static class ChartSvg
{
    /// <summary>Returns the SVG as an element of the page.</summary>
    /// <param name="svg">The SVG.</param>
    /// <param name="shapes">Class and tooltip of each shape, in the order in which they were drawn.</param>
    public static XElement InPage(string svg, IReadOnlyList<(string Class, string? Title)> shapes)
    {
        // In a page, SVG needs no namespace. Its only other attributes are the size.
        string content = ReportColors.InPage(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]);
        XElement page = XElement.Parse(string.Concat("<svg", content.AsSpan(content.IndexOf('>', StringComparison.Ordinal))));
        // ScottPlot draws each shape in a group that is clipped to the data area. Without the clipping, markers at the edge are complete.
        page.Elements("clipPath").Remove();
        foreach ((XElement group, (string names, string? title)) in page.Elements("g").Zip(shapes))
        {
            group.ReplaceAttributes(Html.Class(names));
            if (title is not null) group.Add(Html.Tag("title", title));
        }
        return page;
    }
}
