using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>A part of the page: its title, a line of explanation, and what it shows.</summary>
internal static class Section
{
    public static XElement Of(string id, string title, string? remark, params object?[] content) =>
        Html.Tag("section", Html.At("id", id), Html.Tag("h2", title), remark is null ? null : Html.Tag("p", Html.Class("soft"), remark), content);

    /// <summary>What the colours and strokes stand for.</summary>
    public static XElement Legend(params IEnumerable<(string Names, bool IsLine, string Text)> entries) => Html.Tag("p", Html.Class("legend"), entries.Select(entry => Html.Tag("span",
        Html.Tag("svg", Html.At("width", 28), Html.At("height", 14), Html.At("aria-hidden", "true"), entry.IsLine
            ? Html.Tag("path", Html.Class(entry.Names), Html.At("d", "M2 7H26"))
            : Html.Tag("circle", Html.Class(entry.Names), Html.At("cx", 14), Html.At("cy", 7), Html.At("r", entry.Names.Contains("best", StringComparison.Ordinal) ? 6 : 4))),
        entry.Text)));

    /// <summary>Says that some scores are not where they belong, if there are such.</summary>
    public static string Beyond(Axis axis) =>
        axis.Beyond == 0 ? "" : $" {Numbers.Whole(axis.Beyond)} too poor for the picture {(axis.Beyond == 1 ? "lies" : "lie")} on its edge.";
}
