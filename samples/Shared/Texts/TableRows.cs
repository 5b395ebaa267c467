using nietras.SeparatedValues;

namespace MlNetRnn.Samples.Texts;

/// <summary>
/// The rows of a table, cut by the CSV reader Sep. Sep accepts any quotes; this class accepts only RFC 4180 and blanks around the quotes, and reports the line
/// of every error.
/// </summary>
internal sealed class TableRows(TextFile file, TableLayout layout)
{
    private const string Blanks = " \t";
    private const string Remedy = "Close the quotes of each value, double those inside of a value, or give --format tsv if quotes are "
        + "characters like any other.";

    private bool HasQuotes => layout.Format == TableFormat.Csv;

    /// <summary>Reads the rows that are not empty, each with the number of its first line.</summary>
    /// <exception cref="FileException">The quotes of a value are wrong, or a row is too long.</exception>
    /// <exception cref="FormatException">The file is not UTF-8 text.</exception>
    public IEnumerable<(int Line, string[] Columns)> Read()
    {
        using var lines = new LinesReader(file.Lines());
        using SepReader reader = WithLine(1, () => Options().From(lines));
        for (int line = 1, next; WithLine(line, reader.MoveNext); line = next)
        {
            SepReader.Row row = reader.Current;
            // LineNumberFrom of the first row is not its first line.
            next = row.LineNumberToExcl;
            if (!IsEmpty(row, line)) yield return (line, Columns(row, line));
        }
    }

    private SepReaderOptions Options() => new(new Sep(layout.Separator)) { HasHeader = false, DisableColCountCheck = true, DisableQuotesParsing = !HasQuotes };

    /// <summary>Reads on, and reports the line of a row that is longer than Sep allows.</summary>
    private T WithLine<T>(int line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NotSupportedException)
        {
            string remedy = HasQuotes ? Remedy : "Check that the file is a table with one row per line.";
            throw new FileException($"{file.Path}, line {line} or a line after it: expected rows of at most 16 million characters, got a longer one. {remedy}");
        }
    }

    private bool IsEmpty(SepReader.Row row, int line) => HasQuotes
        ? row.ColCount == 1 && Unquoted(row[0].Span, row.Span, line).AsSpan().IsWhiteSpace()
        : row.Span.IsWhiteSpace();

    private string[] Columns(SepReader.Row row, int line)
    {
        var columns = new string[row.ColCount];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = HasQuotes ? Unquoted(row[i].Span, row.Span, line) : row[i].ToString();
            // A value with line breaks moves the next values to a later line.
            if (HasQuotes) line += row[i].Span.Count('\n');
        }
        return columns;
    }

    /// <summary>Removes the quotes of a value, and the blanks around them.</summary>
    /// <param name="raw">The value as it is in the file.</param>
    /// <param name="row">The whole row, for messages.</param>
    /// <param name="line">The line on which the value begins.</param>
    private string Unquoted(ReadOnlySpan<char> raw, ReadOnlySpan<char> row, int line)
    {
        if (!raw.Contains('"')) return raw.ToString();
        ReadOnlySpan<char> value = raw.Trim(Blanks);
        if (value[0] != '"') throw Fault(line, "quotes around a whole value only", LineAt(row, raw, raw.IndexOf('"')));
        value = value[1..];
        for (int at = 0; at < value.Length; at++)
        {
            if (value[at] != '"') continue;
            if (at + 1 == value.Length) return value[..at].ToString().Replace("\"\"", "\"");
            if (value[++at] == '"') continue;
            int end = raw.Length - value.Length + at;
            int breaks = raw[..end].Count('\n');
            throw Fault(line + breaks, $"a {layout.SeparatorName} after the quotes that close the value of line {line}", LineAt(row, raw, end));
        }
        throw new FileException($"{file.Path}, line {line}: expected quotes after the value that begins with quotes here, got the end of the file. {Remedy}");
    }

    /// <summary>Returns the line of the file around a place in a value.</summary>
    private static string LineAt(ReadOnlySpan<char> row, ReadOnlySpan<char> value, int at)
    {
        row.Overlaps(value, out int start);
        at += start;
        int begin = row[..at].LastIndexOf('\n') + 1, end = row[at..].IndexOf('\n');
        return row[begin..(end < 0 ? row.Length : at + end)].ToString();
    }

    private FileException Fault(int line, string expected, string got) =>
        new($"{file.Path}, line {line}: expected {expected}, got: {OneLine.Shortened(got)} {Remedy}");
}
