namespace MlNetRnn.Corpora;

/// <summary>
/// Reads one token a line, its columns separated by blanks or tabs, with an empty line after each sentence: the format of the shared tasks of CoNLL
/// until 2003 and of many corpora since. Where a line holds a tab, only tabs separate.
/// </summary>
internal sealed class ConllReader(CorpusFile file, IReadOnlyList<(string Name, int Column)> columns, bool skipComments)
{
    private const string DocumentStart = "-DOCSTART-";
    private const string Remedy = "Blanks or tabs separate columns; where a line holds a tab, only tabs do";

    private readonly Sentence _sentence = new(0, columns.Count);
    private readonly List<ReadOnlyMemory<char>> _fields = [];
    private int _width, _firstLine;

    /// <summary>The sentences. Each is valid until the next one is read; to be called once.</summary>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public IEnumerable<Sentence> Read()
    {
        foreach ((int number, string line) in file.Lines())
        {
            if (skipComments && line.StartsWith("# ", StringComparison.Ordinal)) continue;
            Split(line);
            if (_fields.Count > 0 && !_fields[0].Span.SequenceEqual(DocumentStart))
            {
                Add(number);
            }
            else if (_sentence.Vectors[0].Count > 0)
            {
                yield return _sentence;
                _sentence.Clear();
            }
        }
        if (_sentence.Vectors[0].Count > 0) yield return _sentence;
    }

    /// <summary>Whether a line is one without columns, that is, the end of a sentence.</summary>
    public static bool IsBlank(ReadOnlySpan<char> line) => line.Trim(" \t").IsEmpty;

    private void Split(string line)
    {
        _fields.Clear();
        if (IsBlank(line)) return;
        bool hasTabs = line.Contains('\t');
        for (int start = 0, end; start <= line.Length; start = end + 1)
        {
            end = line.IndexOf(hasTabs ? '\t' : ' ', start) is >= 0 and var found ? found : line.Length;
            if (hasTabs || end > start) _fields.Add(line.AsMemory(start, end - start));
        }
    }

    private void Add(int number)
    {
        if (_width == 0)
        {
            (_width, _firstLine) = (_fields.Count, number);
            foreach ((string name, int column) in columns)
                if (column >= _width || column < -_width) throw file.Fault(number, $"at least {(column < 0 ? -column : column + 1)} columns for '{name}'", $"{_width}", Remedy);
        }
        if (_fields.Count != _width) throw file.Fault(number, $"{_width} columns as in line {_firstLine}", $"{_fields.Count}", Remedy);
        for (int i = 0; i < columns.Count; i++) _sentence.Vectors[i].Add(_fields[columns[i].Column is >= 0 and var column ? column : _width + columns[i].Column]);
    }
}
