using Microsoft.VisualBasic.FileIO;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>How a file is cut into columns.</summary>
internal enum TableFormat
{
    /// <summary>Columns between tabs; quotes are characters like any other.</summary>
    Tsv,

    /// <summary>Columns between commas, quoted where need be (RFC 4180); a quoted column may hold line breaks.</summary>
    Csv,
}

/// <summary>
/// Reads rows of columns, one at a time. UTF-8 with or without a byte-order mark, lines that end as on Unix or Windows; empty lines are skipped.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="format">How it is cut.</param>
/// <param name="hasHeader">Whether the first line is names.</param>
internal sealed class TableFile(string path, TableFormat format, bool hasHeader)
{
    public string Path => path;

    /// <summary>The columns of each row, and the number of the line that it begins on, from 1.</summary>
    /// <exception cref="FileException">The file is not there, or a line is no row.</exception>
    public IEnumerable<(int Line, string[] Columns)> Rows()
    {
        if (!File.Exists(path)) throw new FileException($"{path}: there is no such file");
        IEnumerable<(int, string[])> rows = format == TableFormat.Tsv ? TabSeparated() : CommaSeparated();
        return hasHeader ? rows.Skip(1) : rows;
    }

    private IEnumerable<(int, string[])> TabSeparated()
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line)) yield return (number, line.Split('\t'));
        }
    }

    private IEnumerable<(int, string[])> CommaSeparated()
    {
        using var parser = new TextFieldParser(path) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        while (!parser.EndOfData)
        {
            // Blank lines are passed over first, so that the number is that of the row.
            string? ahead = parser.PeekChars(1);
            if (ahead is null) break;
            int line = (int)parser.LineNumber;
            string[] columns;
            try
            {
                columns = parser.ReadFields() ?? [];
            }
            catch (MalformedLineException)
            {
                throw new FileException($"{path}, line {parser.ErrorLineNumber}: expected quotes around a whole column only, with quotes inside doubled, got {Shortened(parser.ErrorLine)}");
            }
            if (columns.Length > 1 || columns.Length == 1 && columns[0].Trim().Length > 0) yield return (line, columns);
        }
    }

    private static string Shortened(string text) => text.Trim() is { Length: > 60 } longText ? longText[..60] + "…" : text.Trim();
}
