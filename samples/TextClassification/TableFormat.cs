using MlNetRnn.Files;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>What quotes are in a table.</summary>
internal enum TableFormat
{
    /// <summary>Quotes are characters like any other.</summary>
    Tsv,

    /// <summary>Values may be quoted (RFC 4180); a quoted value may hold separators and line breaks.</summary>
    Csv,
}

/// <summary>How a file is cut into columns.</summary>
/// <param name="Format">What quotes are.</param>
/// <param name="Separator">The character between two columns.</param>
internal sealed record TableLayout(TableFormat Format, char Separator)
{
    private const int RowsLookedAt = 200;

    private static readonly Dictionary<string, char> Names = new() { ["tab"] = '\t', ["comma"] = ',', ["semicolon"] = ';', ["pipe"] = '|' };

    public static string[] SeparatorNames => [.. Names.Keys];

    /// <summary>Another layout that fits as well; null where there is no doubt.</summary>
    public TableLayout? Rival { get; private init; }

    public string SeparatorName => NameOf(Separator);

    public static string NameOf(char separator) => Names.FirstOrDefault(pair => pair.Value == separator).Key ?? $"{separator}";

    /// <summary>The layout that the user chose. The rest follows from the file: its extension, and the separator that cuts its rows into equally many columns.</summary>
    public static TableLayout Of(TextFile file, TableFormat? format, string? separator)
    {
        bool isCsv = TextFile.ExtensionOf(file.Path) == ".csv";
        if (separator is not null) return new TableLayout(format ?? (isCsv || separator != "tab" ? TableFormat.Csv : TableFormat.Tsv), Names[separator]);
        if (format == TableFormat.Tsv) return new TableLayout(TableFormat.Tsv, '\t');
        var tabs = new TableLayout(TableFormat.Tsv, '\t');
        // Only a file without tabs can be something else.
        if (format is null && !isCsv && Fit(file, tabs) > 0) return tabs;
        (TableLayout Layout, double Fit)[] candidates =
            [.. ",;\t|".Select(mark => new TableLayout(TableFormat.Csv, mark)).Select(layout => (layout, Fit(file, layout))).OrderByDescending(candidate => candidate.Item2)];
        if (candidates[0].Fit == 0) return format is null && !isCsv ? tabs : candidates[0].Layout;
        return candidates[1].Fit == candidates[0].Fit ? candidates[0].Layout with { Rival = candidates[1].Layout } : candidates[0].Layout;
    }

    public IEnumerable<(int Line, string[] Columns)> Rows(TextFile file) => Format == TableFormat.Csv
        ? new QuotedRows(file, Separator).Read()
        : file.Lines().Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => (line.Number, line.Text.Split(Separator)));

    /// <summary>The share of the first rows that have the most frequent number of columns, if that is more than one.</summary>
    private static double Fit(TextFile file, TableLayout layout)
    {
        var widths = new List<int>();
        try
        {
            foreach ((_, string[] columns) in layout.Rows(file).Take(RowsLookedAt)) widths.Add(columns.Length);
        }
        catch (FileException)
        {
            // Quotes that are wrong with this separator.
            widths.Add(1);
        }
        int most = widths.Where(width => width > 1).CountBy(width => width).Select(count => count.Value).DefaultIfEmpty().Max();
        return widths.Count == 0 ? 0 : (double)most / widths.Count;
    }
}
