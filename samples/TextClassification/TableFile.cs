using System.Text;

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
        if (!File.Exists(path)) throw new FileException(Directory.Exists(path) ? $"{path}: expected a file, got a folder" : $"{path}: there is no such file");
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

    // .NET's own TextFieldParser drops empty lines inside quotes.
    private IEnumerable<(int, string[])> CommaSeparated()
    {
        using var reader = new StreamReader(path);
        var columns = new List<string>();
        var column = new StringBuilder();
        int line = 1, begin = 1;
        bool isQuoted = false, wasQuoted = false;
        FileException Fault() => new($"{path}, line {begin}: expected quotes around a whole column only, with quotes inside doubled and all of them closed, got {Shortened(string.Join(',', columns.Append(column.ToString())))}");
        for (int c = reader.Read(); c >= 0; c = reader.Read())
        {
            // A lone carriage return ends a line too, as on old systems.
            if (!isQuoted && c == '\r' && reader.Peek() != '\n') c = '\n';
            if (c == '\n') line++;
            if (isQuoted)
            {
                if (c != '"') column.Append((char)c);
                else if (reader.Peek() == '"') column.Append((char)reader.Read());
                else (isQuoted, wasQuoted) = (false, true);
            }
            else if (c == '"')
            {
                if (column.Length > 0 || wasQuoted) throw Fault();
                isQuoted = true;
            }
            else if (c == ',')
            {
                Close();
            }
            else if (c == '\n')
            {
                Close();
                if (columns.Count > 1 || columns[0].Trim().Length > 0) yield return (begin, [.. columns]);
                columns.Clear();
                begin = line;
            }
            else if (c != '\r' || reader.Peek() != '\n')
            {
                if (wasQuoted) throw Fault();
                column.Append((char)c);
            }
        }
        if (isQuoted) throw Fault();
        Close();
        if (columns.Count > 1 || columns[0].Trim().Length > 0) yield return (begin, [.. columns]);

        void Close()
        {
            columns.Add(column.ToString());
            column.Clear();
            wasQuoted = false;
        }
    }

    private static string Shortened(string text) => text.Trim() is { Length: > 60 } longText ? longText[..60] + "…" : text.Trim();
}
