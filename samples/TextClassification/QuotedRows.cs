using System.Text;
using MlNetRnn.Files;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>
/// Rows of values that may be quoted (RFC 4180). Blanks around the quotes are no part of the value; line breaks within them are, as line feeds. (.NET's own
/// TextFieldParser drops empty lines within quotes.)
/// </summary>
internal sealed class QuotedRows(TextFile file, char separator)
{
    private readonly StringBuilder _value = new();
    private readonly List<string> _row = [];
    private int _quoteLine;
    private bool _isQuoted, _wasQuoted;

    /// <summary>Reads the rows that are not empty, each with the number of its first line; to be called once.</summary>
    /// <exception cref="FileException">Quotes are wrong.</exception>
    public IEnumerable<(int Line, string[] Columns)> Read()
    {
        int begin = 0;
        foreach ((int number, string text) in file.Lines())
        {
            if (!_isQuoted) begin = number;
            Add(number, text);
            if (_isQuoted) continue;
            if (_row.Count > 1 || _row[0].Trim().Length > 0) yield return (begin, [.. _row]);
            _row.Clear();
        }
        if (_isQuoted)
            throw new FileException($"{file.Path}, line {_quoteLine}: expected quotes after the value that begins with quotes here, got the end of the file. "
                + "Close the quotes, double those inside of a value, or give --format tsv if quotes are characters like any other.");
    }

    private void Add(int number, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (_isQuoted)
            {
                if (c != '"') _value.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') _value.Append(text[++i]);
                else (_isQuoted, _wasQuoted) = (false, true);
            }
            else if (c == separator)
            {
                EndValue();
            }
            else if (c == '"')
            {
                if (_wasQuoted || !string.IsNullOrWhiteSpace(_value.ToString())) throw Fault(number, text);
                _value.Clear();
                (_isQuoted, _quoteLine) = (true, number);
            }
            else if (!_wasQuoted)
            {
                _value.Append(c);
            }
            else if (c != ' ' && c != '\t')
            {
                throw Fault(number, text);
            }
        }
        if (_isQuoted) _value.Append('\n');
        else EndValue();
    }

    private void EndValue()
    {
        _row.Add(_value.ToString());
        _value.Clear();
        _wasQuoted = false;
    }

    private FileException Fault(int number, string text)
    {
        string where = _wasQuoted ? $"a {TableLayout.NameOf(separator)} after the quotes that close the value of line {_quoteLine}" : "quotes around a whole value only";
        return new FileException($"{file.Path}, line {number}: expected {where}, got: {OneLine.Shortened(text)} "
            + "Close the quotes of each value, double those inside of a value, or give --format tsv if quotes are characters like any other.");
    }
}
