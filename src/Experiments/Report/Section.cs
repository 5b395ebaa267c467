using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>A part of the page: its title, a line of explanation, and its content.</summary>
internal static class Section
{
    public static XElement Of(string id, string title, string? remark, params object?[] content) =>
        Html.Tag("section", Html.At("id", id), Html.Tag("h2", title), remark is null ? null : Html.Tag("p", Html.Class("soft"), remark), content);

    /// <summary>The legend of a picture.</summary>
    /// <param name="entries">The entries: a sample of the marker or line, and its meaning.</param>
    public static XElement Legend(params IEnumerable<(XElement Sample, string Text)> entries) =>
        Html.Tag("p", Html.Class("legend"), entries.Select(entry => Html.Tag("span", Sample(entry.Sample), entry.Text)));

    /// <summary>A line in a legend.</summary>
    public static XElement Line(string names) => Html.Tag("path", Html.Class(names), Html.At("d", "M2 7H26"));

    /// <summary>A dot in a legend, of the shape of the first pipeline.</summary>
    public static XElement Dot(string names, int pipeline = 0) =>
        PipelineMarker.At(pipeline, "14", "7", names.Contains("best", StringComparison.Ordinal) ? 6 : 4, Html.Class("dot " + names));

    /// <summary>A small picture within text.</summary>
    public static XElement Sample(XElement content) => Html.Tag("svg", Html.At("width", 28), Html.At("height", 14), Html.At("aria-hidden", "true"), content);

    /// <summary>States how many scores are drawn at the edge, if any.</summary>
    public static string Beyond(Axis axis) =>
        axis.Beyond == 0 ? "" : $" {Numbers.Whole(axis.Beyond)} {(axis.Beyond == 1 ? "trial is" : "trials are")} much worse and drawn at the edge.";
}
