using System.Globalization;
using System.Text.RegularExpressions;

namespace MlNetRnn.Benchmarks;

/// <summary>A table of rates in a Markdown file, so that its picture can be drawn again without measuring again.</summary>
/// <param name="Title">The title: the first cell of the head.</param>
/// <param name="Unit">The unit of the rates, per second.</param>
/// <param name="Ways">The ways and their median rates.</param>
internal sealed partial record RateTable(string Title, string Unit, IReadOnlyList<(string Way, double Rate)> Ways)
{
    /// <summary>Reads all tables of rates: those whose second column is "UNIT/s, median".</summary>
    /// <exception cref="FormatException">A rate is not a number.</exception>
    public static IEnumerable<RateTable> Read(string markdown) =>
        from table in Pattern.Matches(markdown.ReplaceLineEndings("\n"))
        let ways = from row in table.Groups["rows"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                   let cells = row.Split('|', StringSplitOptions.TrimEntries)
                   select (cells[1], Number(cells[2]))
        select new RateTable(table.Groups["title"].Value, table.Groups["unit"].Value, [.. ways]);

    private static double Number(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out double rate) && rate > 0
        ? rate
        : throw new FormatException($"Table of rates: expected a positive number in the second column, got '{cell}'. Write it as the benchmark prints it.");

    [GeneratedRegex(@"^\| (?<title>[^|\n]+) \| (?<unit>[^|\n]+)/s, median \|[^\n]*\n\|[-|]+\n(?<rows>(?:\|[^\n]*\n?)+)", RegexOptions.Multiline)]
    private static partial Regex Pattern { get; }
}
