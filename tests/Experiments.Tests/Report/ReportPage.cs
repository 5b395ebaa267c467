using System.Xml.Linq;

namespace MlNetRnn.Experiments.Tests;

/// <summary>A report, read as XML.</summary>
internal static class ReportPage
{
    public const string Doctype = "<!doctype html>\n";

    public static XElement Page(IReadOnlyList<TrialResult> trials, string metric = "Accuracy", bool isMaximize = true, double? testMetric = null) =>
        Parse(Text(trials, metric, isMaximize, testMetric));

    public static XElement Parse(string text) => XElement.Parse(text[Doctype.Length..], LoadOptions.PreserveWhitespace);

    public static string Text(IReadOnlyList<TrialResult> trials, string metric = "Accuracy", bool isMaximize = true, double? testMetric = null)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "report.html");
            ExperimentReport.Save(path, trials, metric, isMaximize, testMetric);
            return File.ReadAllText(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static XElement? Section(XElement page, string id) => page.Descendants("section").SingleOrDefault(section => (string?)section.Attribute("id") == id);

    public static XElement[] Plots(XElement page, string id) =>
        [.. Section(page, id)?.Descendants("svg").Where(svg => (string?)svg.Attribute("class") == "plot") ?? []];

    /// <summary>The markers of charts, without those of legends.</summary>
    public static XElement[] Dots(XElement within) =>
        [.. within.DescendantsAndSelf("svg").Where(svg => (string?)svg.Attribute("class") == "plot").Elements()
            .Where(element => ((string?)element.Attribute("class"))?.StartsWith("dot ", StringComparison.Ordinal) == true)];
}
