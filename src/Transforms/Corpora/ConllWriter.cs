using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.Files;

namespace MlNetRnn.Corpora;

/// <summary>A writer of one word per line, with columns that are separated by tabs, and an empty line after each sentence.</summary>
internal sealed class ConllWriter
{
    private readonly IDataView _data;
    private readonly DataViewSchema.Column[] _columns;

    /// <summary>Binds the columns.</summary>
    /// <exception cref="ArgumentException">There are no columns, or one is missing or has another type.</exception>
    public ConllWriter(IDataView data, IReadOnlyCollection<string> columnNames)
    {
        if (columnNames.Count == 0)
            throw new ArgumentException("Columns: expected at least one, got none. Pass them in the order of the file.", nameof(columnNames));
        (_data, _columns) = (data, [.. columnNames.Select(name => NamedVectors.Bind(data.Schema, "word", name))]);
    }

    public void Write(TextWriter writer)
    {
        using DataViewRowCursor cursor = _data.GetRowCursor(_columns.DistinctBy(column => column.Index));
        var row = new SentenceColumns(cursor);
        IReadOnlyList<ReadOnlyMemory<char>>[] fields = [.. _columns.Select(column => row.Add(column))];
        while (cursor.MoveNext())
        {
            row.Read();
            int words = fields[0].Count;
            for (int i = 0; i < fields.Length; i++) row.CheckLength(_columns[i].Name, fields[i], words);
            for (int word = 0; word < words; word++)
            {
                CheckLine(row, word, fields);
                for (int i = 0; i < fields.Length; i++)
                {
                    if (i > 0) writer.Write('\t');
                    writer.Write(fields[i][word]);
                }
                writer.WriteLine();
            }
            writer.WriteLine();
        }
    }

    private void CheckLine(SentenceColumns row, int word, IReadOnlyList<ReadOnlyMemory<char>>[] fields)
    {
        if (fields.All(values => TextLine.IsBlank(values[word].Span)))
        {
            const string Remedy = "Write a placeholder: an empty line ends a sentence";
            throw row.Fault(_columns[0].Name, "a value in at least one column for each word", $"nothing for word {word + 1}", Remedy);
        }
        // In a line without a tab, a blank would separate columns.
        if (fields.Length == 1 && fields[0][word].Span.Contains(' '))
        {
            const string Expected = "words without blanks, because it is the only column";
            throw row.Fault(_columns[0].Name, Expected, $"'{fields[0][word]}'", "Write a second column, or replace the blanks");
        }
    }
}
