
namespace MlNetRnn.Samples.Texts;

/// <summary>The division of a file into columns.</summary>
/// <param name="Format">The meaning of quotes.</param>
/// <param name="Separator">The character between two columns.</param>
public sealed record TableLayout(TableFormat Format, char Separator)
{
    private const int ExaminedRows = 200;

    private static readonly Dictionary<string, char> Names = new() { ["tab"] = '\t', ["comma"] = ',', ["semicolon"] = ';', ["pipe"] = '|' };

    public static string[] SeparatorNames => [.. Names.Keys];

    /// <summary>Another layout that fits equally well; <see langword="null"/> if the layout is clear.</summary>
    public TableLayout? Rival { get; private init; }

    public string SeparatorName => Names.FirstOrDefault(pair => pair.Value == Separator).Key ?? $"{Separator}";

    /// <summary>
    /// Returns the layout that the user chose. Everything that the user did not choose follows from the file: from its extension, and from the separator that
    /// cuts its rows into the same number of columns.
    /// </summary>
    internal static TableLayout Of(TextFile file, TableFormat? format, string? separator)
    {
        bool isCsv = FileName.ExtensionOf(file.Path) == ".csv";
        if (separator is not null) return new TableLayout(format ?? (isCsv || separator != "tab" ? TableFormat.Csv : TableFormat.Tsv), Names[separator]);
        if (format == TableFormat.Tsv) return new TableLayout(TableFormat.Tsv, '\t');
        var tabs = new TableLayout(TableFormat.Tsv, '\t');
        // Only a file without tabs can be something else.
        if (format is null && !isCsv && Fit(file, tabs) > 0) return tabs;
        (TableLayout Layout, double Fit)[] candidates = [.. ",;\t|"
            .Select(mark => new TableLayout(TableFormat.Csv, mark))
            .Select(layout => (layout, Fit(file, layout)))
            .OrderByDescending(candidate => candidate.Item2)];
        if (candidates[0].Fit == 0) return format is null && !isCsv ? tabs : candidates[0].Layout;
        return candidates[1].Fit == candidates[0].Fit ? candidates[0].Layout with { Rival = candidates[1].Layout } : candidates[0].Layout;
    }

    /// <summary>Reads the rows that are not empty, each with the number of its first line.</summary>
    internal IEnumerable<(int Line, string[] Columns)> Rows(TextFile file) => new TableRows(file, this).Read();

    /// <summary>Returns the share of the first rows that have the most frequent number of columns; 0 if that number is 1.</summary>
    private static double Fit(TextFile file, TableLayout layout)
    {
        var widths = new List<int>();
        try
        {
            foreach ((_, string[] columns) in layout.Rows(file).Take(ExaminedRows)) widths.Add(columns.Length);
        }
        catch (FileException)
        {
            // With this separator the quotes are wrong.
            widths.Add(1);
        }
        int most = widths.Where(width => width > 1).CountBy(width => width).Select(count => count.Value).DefaultIfEmpty().Max();
        return widths.Count == 0 ? 0 : (double)most / widths.Count;
    }
}
