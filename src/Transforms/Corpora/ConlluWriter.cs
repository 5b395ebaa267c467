using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Corpora;

/// <summary>A writer of CoNLL-U (https://universaldependencies.org/format.html). Data that was read from such a file is reproduced byte for byte.</summary>
internal sealed class ConlluWriter
{
    private readonly ConlluBinding _binding;
    private readonly TextWriter _writer;
    private readonly SentenceColumns _columns;
    private readonly IReadOnlyList<ReadOnlyMemory<char>>?[] _fields;
    private readonly IReadOnlyList<ReadOnlyMemory<char>> _comments, _additionalLines;
    private readonly Func<ReadOnlyMemory<char>>? _sentenceId, _text;

    private ConlluWriter(ConlluBinding binding, DataViewRow row, TextWriter writer)
    {
        (_binding, _writer, _columns) = (binding, writer, new SentenceColumns(row));
        _fields = [.. binding.Fields.Select(field => field is { } column ? _columns.Add(column) : null)];
        _comments = binding.Comments is { } comments ? _columns.Add(comments, areLines: true) : [];
        _additionalLines = binding.AdditionalLines is { } lines ? _columns.Add(lines, areLines: true) : [];
        _sentenceId = binding.SentenceId is { } id ? _columns.AddText(id) : null;
        _text = binding.Text is { } text ? _columns.AddText(text) : null;
    }

    /// <summary>Writes all rows.</summary>
    /// <exception cref="InvalidOperationException">A row cannot be written.</exception>
    public static void Write(IDataView data, ConlluBinding binding, TextWriter writer)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(binding.All);
        var sentence = new ConlluWriter(binding, cursor, writer);
        while (cursor.MoveNext()) sentence.Write();
    }

    private void Write()
    {
        _columns.Read();
        int words = _fields[0]!.Count;
        for (int i = 0; i < _fields.Length; i++)
            if (_fields[i] is { } values) _columns.CheckLength(_binding.Fields[i]!.Value.Name, values, words);
        WriteComments();
        int additional = 0;
        for (int word = 0; word <= words; word++)
        {
            for (; additional < _additionalLines.Count && WordsBefore(_additionalLines[additional].Span) == word; additional++)
                _writer.WriteLine(_additionalLines[additional]);
            if (word < words) WriteWord(word);
        }
        if (additional < _additionalLines.Count)
        {
            string name = _binding.AdditionalLines!.Value.Name, got = $"'{_additionalLines[additional]}'";
            throw _columns.Fault(name, "ranges and empty nodes in the order of the words", got, "Leave such lines out");
        }
        _writer.WriteLine();
    }

    private void WriteComments()
    {
        foreach (ReadOnlyMemory<char> comment in _comments)
        {
            if (comment.IsEmpty || comment.Span[0] != '#')
                throw _columns.Fault(_binding.Comments!.Value.Name, "lines that begin with #", $"'{comment}'", "Put # before each");
            _writer.WriteLine(comment);
        }
        if (_sentenceId?.Invoke() is { IsEmpty: false } id) _writer.WriteLine($"# sent_id = {id}");
        if (_text?.Invoke() is { IsEmpty: false } text) _writer.WriteLine($"# text = {text}");
    }

    private void WriteWord(int word)
    {
        _writer.Write((word + 1).ToString(CultureInfo.InvariantCulture));
        foreach (IReadOnlyList<ReadOnlyMemory<char>>? values in _fields)
        {
            _writer.Write('\t');
            if (values is null || values[word].IsEmpty) _writer.Write('_');
            else _writer.Write(values[word]);
        }
        _writer.WriteLine();
    }

    private static int WordsBefore(ReadOnlySpan<char> line)
    {
        int tab = line.IndexOf('\t');
        return tab > 0 && ConlluId.Parse(line[..tab]) is { IsWord: false } id ? id.WordsBefore : -1;
    }
}
