
namespace MlNetRnn.Samples.Texts;

/// <summary>A file of rows with the same number of columns, read one at a time; empty lines are skipped.</summary>
public sealed class TableFile
{
    private readonly TextFile _file;

    /// <param name="path">The file.</param>
    /// <param name="format">The meaning of quotes; <see langword="null"/> to infer it from the file.</param>
    /// <param name="separator">The name of the separator; <see langword="null"/> to infer it from the file.</param>
    /// <param name="hasHeader">Whether the first row contains the names of the columns.</param>
    /// <exception cref="FileException">The file is empty.</exception>
    public TableFile(string path, TableFormat? format = null, string? separator = null, bool hasHeader = false)
    {
        (_file, HasHeader) = (new TextFile(path), hasHeader);
        Layout = TableLayout.Of(_file, format, separator);
        FirstRow = Layout.Rows(_file).Select(row => row.Columns).FirstOrDefault()
            ?? throw new FileException($"{path}: expected at least one row, got {(_file.Lines().Any() ? "empty lines only" : "an empty file")}. "
                + (_file.IsPipe ? "A pipe can be read only once: give it to one option." : "Check the file."));
    }

    public string Path => _file.Path;

    public TableLayout Layout { get; }

    public bool HasHeader { get; }

    /// <summary>The first row, whether it contains names or values.</summary>
    public IReadOnlyList<string> FirstRow { get; }

    /// <summary>Reads the columns of each row, and the number of the line on which it begins, from 1.</summary>
    /// <exception cref="FileException">A row has another number of columns.</exception>
    /// <exception cref="FormatException">The file is not text.</exception>
    public IEnumerable<(int Line, string[] Columns)> Rows()
    {
        int first = 0, width = 0;
        foreach ((int line, string[] columns) in Layout.Rows(_file))
        {
            if (first == 0) (first, width) = (line, columns.Length);
            if (first == line && HasHeader) continue;
            // Separators at the end of a line add no columns.
            bool fits = columns.Length == width || (columns.Length > width && columns[width..].All(string.IsNullOrWhiteSpace));
            if (!fits)
                throw new FileException($"{Path}, line {line}: expected {width} columns as in line {first}, got {columns.Length}. "
                    + $"{Remedy(columns.Length < width)}");
            yield return (line, columns.Length == width ? columns : columns[..width]);
        }
    }

    private string Remedy(bool isShort)
    {
        string separator = $"The separator is a {Layout.SeparatorName} (--separator changes it): ";
        if (isShort) return $"{separator}add the missing values to the line.";
        if (Layout.Format == TableFormat.Csv) return $"{separator}quote values that contain one.";
        return $"{separator}remove those inside of values, or give --format csv if values are quoted.";
    }
}
