using System.Buffers;
using System.Text;
using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Corpora;

/// <summary>The columns of a row that are written. Their texts are validated: they must fit into a line and be the same when they are read again.</summary>
internal sealed class SentenceColumns(DataViewRow row)
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\0"), Separators = SearchValues.Create("\t\n\r\0");
    private readonly List<Action> _read = [];

    /// <summary>Adds a vector of texts or keys.</summary>
    /// <param name="column">The column.</param>
    /// <param name="areLines">Whether each value is a whole line; otherwise it is a value between tabs.</param>
    /// <returns>The list of the values in the current row.</returns>
    public IReadOnlyList<ReadOnlyMemory<char>> Add(DataViewSchema.Column column, bool areLines = false)
    {
        var values = new List<ReadOnlyMemory<char>>();
        Action read = NamedVectors.OpenReader(row, column, values);
        _read.Add(() =>
        {
            read();
            foreach (ReadOnlyMemory<char> value in values) Check(column.Name, value.Span, areLines);
        });
        return values;
    }

    /// <summary>Adds a column with one text per row, which is written to a line of its own.</summary>
    /// <returns>A function that returns the value in the current row.</returns>
    public Func<ReadOnlyMemory<char>> AddText(DataViewSchema.Column column)
    {
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> value = default;
        _read.Add(() =>
        {
            get(ref value);
            Check(column.Name, value.Span, isLine: true);
        });
        return () => value;
    }

    /// <summary>Reads the current row.</summary>
    /// <exception cref="InvalidOperationException">A text cannot be written.</exception>
    public void Read()
    {
        foreach (Action read in _read) read();
    }

    /// <summary>Validates that a column has a value for each word.</summary>
    /// <exception cref="InvalidOperationException">The number of values differs, or there are no words.</exception>
    public void CheckLength(string column, IReadOnlyCollection<ReadOnlyMemory<char>> values, int words)
    {
        if (words == 0) throw Fault(column, "at least one word", "none", "Leave the row out");
        if (values.Count != words)
            throw Fault(column, $"{words} values, one per word", $"{values.Count}", "Write columns of the same sentences");
    }

    public InvalidOperationException Fault(string column, string expected, string got, string remedy) =>
        new($"Column '{column}', row {row.Position}: expected {expected}, got {got}. {remedy}.");

    private void Check(string column, ReadOnlySpan<char> text, bool isLine)
    {
        if (text.ContainsAny(isLine ? LineBreaks : Separators) || HasLoneSurrogate(text))
        {
            string expected = isLine ? "valid text without line breaks and NUL" : "valid text without tabs, line breaks and NUL";
            throw Fault(column, expected, $"'{text}'", "Replace them before the data is written");
        }
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out int length) != OperationStatus.Done) return true;
            at += length;
        }
        return false;
    }
}
