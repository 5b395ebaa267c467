using System.Globalization;
using System.Text;

namespace MlNetRnn.Evaluation;

/// <summary>Formats metrics as text. The format does not depend on the culture.</summary>
internal static class MetricsText
{
    public static string Ratio(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Returns the name of a tag; a dash for an empty name.</summary>
    public static string Name(string tag) => tag.Length == 0 ? "-" : tag;

    /// <summary>Returns a table with a header. The first column is left-aligned, the others are right-aligned; each line ends with a line feed.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            text.Append(line[0].PadRight(widths[0]));
            for (int column = 1; column < line.Length; column++) text.Append("  ").Append(line[column].PadLeft(widths[column]));
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Returns a table of tags or span types.</summary>
    public static string Table(string title, IReadOnlyDictionary<string, RnnTagMetrics> metrics) => Table([title, "precision", "recall", "F1", "support"],
        metrics.Select(row => (string[])[Name(row.Key), Ratio(row.Value.Precision), Ratio(row.Value.Recall), Ratio(row.Value.F1), Count(row.Value.Support)]));
}
