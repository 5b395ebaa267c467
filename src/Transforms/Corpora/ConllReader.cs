using MlNetRnn.Files;

namespace MlNetRnn.Corpora;

/// <summary>
/// A reader of the format of the CoNLL shared tasks and of many corpora: one token per line, with columns that are separated by blanks or tabs, and an empty
/// line after each sentence. Sentences may differ in their number of columns; a difference that may be a mistake is rejected.
/// </summary>
internal sealed class ConllReader
{
    private readonly ConllSentences _sentences;
    private readonly ConllLayout _layout;
    private readonly IReadOnlyList<(string Name, int Column)> _columns;

    /// <param name="file">The file.</param>
    /// <param name="columns">The columns to read: from 0, or backwards from −1, which is the last one.</param>
    /// <param name="skipComments">Whether the file has comments, which are skipped.</param>
    public ConllReader(TextFile file, IReadOnlyList<(string Name, int Column)> columns, bool skipComments)
    {
        _sentences = new ConllSentences(file, skipComments);
        (_layout, _columns) = (new ConllLayout(_sentences), columns);
    }

    /// <summary>Reads the sentences. Each is valid until the next one is read.</summary>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public IEnumerable<Sentence> Read()
    {
        var sentence = new Sentence(0, _columns.Count);
        ConllLine? first = null;
        foreach (IReadOnlyList<ConllLine> lines in _sentences.Read())
        {
            Check(lines, first ??= lines[0]);
            sentence.Clear();
            foreach (ConllLine line in lines)
                for (int i = 0; i < _columns.Count; i++) sentence.Vectors[i].Add(line.Columns[Index(_columns[i].Column, line.Columns.Length)]);
            yield return sentence;
        }
    }

    private static int Index(int column, int width) => column >= 0 ? column : width + column;

    private void Check(IReadOnlyList<ConllLine> sentence, ConllLine first)
    {
        ConllLine line = sentence[0];
        int width = line.Columns.Length;
        foreach ((string name, int column) in _columns)
            if (Index(column, width) is var index && (index < 0 || index >= width))
                throw _sentences.Fault(line, $"at least {(column < 0 ? -column : column + 1)} columns for '{name}'", $"{width}");
        CheckOuterColumns(line);
        if (width != first.Columns.Length) CheckWidth(line, first);
        else if (width == 1 && _columns.Any(column => column.Column < 0) && _columns.Any(column => column.Column >= 0))
        {
            string names = string.Join(" and ", _columns.Select(column => $"'{column.Name}'"));
            throw _sentences.Fault(line, $"different columns for {names}", "a line with a single column");
        }
    }

    /// <summary>Rejects an empty outer column, which a tab at the beginning or the end of each line creates, if columns are counted from that side.</summary>
    private void CheckOuterColumns(ConllLine line)
    {
        const string Remedy = "Remove these tabs, or give the number of another column";
        if (line.Columns.Length < 2) return;
        if (line.Columns[0].IsEmpty && _columns.Any(column => column.Column == 0) && !_layout.HasFirstColumn)
        {
            const string Got = "a tab at the beginning of every line of the file, so that it is empty everywhere";
            throw _sentences.Fault(line, "a first column with values", Got, Remedy);
        }
        if (line.Columns[^1].IsEmpty && _columns.Any(column => column.Column == -1) && !_layout.HasLastColumn)
            throw _sentences.Fault(line, "a last column with values", "a tab at the end of every line of the file, so that it is empty everywhere", Remedy);
    }

    private void CheckWidth(ConllLine line, ConllLine first)
    {
        const string Blanks = "Blanks separate columns; if values have blanks inside, separate the columns by tabs",
            Tabs = "Remove the tab at the end of the line, or write it in every line";
        (int width, int usual) = (line.Columns.Length, first.Columns.Length);
        string expected = $"{usual} columns as in line {first.Number}";
        // Between tabs, values may contain blanks.
        bool isPlausible = (line.HasTabs && first.HasTabs) || (_layout.IsPlausible(width) && _layout.IsPlausible(usual));
        if (!isPlausible) throw _sentences.Fault(line, expected, $"{width}", Blanks, first);
        if (line.Columns[^1].IsEmpty || first.Columns[^1].IsEmpty)
            throw _sentences.Fault(line, expected, $"{width}, with a tab at the end of a line", Tabs, first);
        for (int i = 0; i < _columns.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (int one, int other) = (_columns[i].Column, _columns[j].Column);
                if (Index(one, width) != Index(other, width) || Index(one, usual) == Index(other, usual)) continue;
                string names = $"'{_columns[j].Name}' and '{_columns[i].Name}'";
                throw _sentences.Fault(line, $"different columns for {names} as in line {first.Number}", $"the same in a line with {width}", other: first);
            }
        }
    }
}
