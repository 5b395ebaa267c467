using MlNetRnn.Files;

namespace MlNetRnn.Corpora;

/// <summary>A reader of CoNLL-U (https://universaldependencies.org/format.html).</summary>
internal sealed class ConlluReader(TextFile file)
{
    /// <summary>The columns with one text per sentence.</summary>
    public static readonly string[] TextColumns = ["SentenceId", "Text"];

    /// <summary>The ten columns of the file, in their order.</summary>
    public static readonly string[] WordColumns = ["Id", "Form", "Lemma", "Upos", "Xpos", "Feats", "Head", "Deprel", "Deps", "Misc"];

    /// <summary>All columns with a list of texts per sentence.</summary>
    public static readonly string[] VectorColumns = [.. WordColumns, "Comments", "AdditionalLines"];

    private const int SentenceId = 0, Text = 1, Comments = 10, AdditionalLines = 11;
    private const string Remedy = "See https://universaldependencies.org/format.html";

    private readonly Sentence _sentence = new(TextColumns.Length, VectorColumns.Length);
    private readonly Range[] _fields = new Range[WordColumns.Length + 1];

    private int Words => _sentence.Vectors[0].Count;

    /// <summary>Reads the sentences. Each is valid until the next one is read. Call it once.</summary>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public IEnumerable<Sentence> Read()
    {
        int last = 0;
        bool isOpen = false;
        foreach ((int number, string line) in file.Lines())
        {
            last = number;
            if (!TextLine.IsBlank(line))
            {
                Add(number, line);
                isOpen = true;
            }
            else if (isOpen)
            {
                yield return Complete(number, "an empty line");
                _sentence.Clear();
                isOpen = false;
            }
        }
        if (isOpen) yield return Complete(last, "the end of the file");
    }

    private Sentence Complete(int number, string got) =>
        Words > 0 ? _sentence : throw file.Fault(number, "at least one word in a sentence", got, Remedy);

    private void Add(int number, string line)
    {
        if (line[0] == '#')
        {
            AddComment(number, line);
            return;
        }
        int columns = line.AsSpan().Count('\t') + 1;
        if (columns != WordColumns.Length) throw file.Fault(number, $"{WordColumns.Length} columns between tabs", $"{columns}", Remedy);
        line.AsSpan().Split(_fields, '\t');
        ReadOnlySpan<char> text = line.AsSpan(_fields[0]);
        ConlluId id = ConlluId.Parse(text)
            ?? throw file.Fault(number, "a number, a range such as 3-4 or an empty node such as 5.1 in the first column", $"'{text}'", Remedy);
        if (id.WordsBefore != Words)
        {
            string expected = id.IsWord ? $"the word number {Words + 1}" : $"a range that begins with {Words + 1} or an empty node after word {Words}";
            throw file.Fault(number, expected, $"'{text}'", Remedy);
        }
        for (int i = 0; i < WordColumns.Length; i++)
        {
            ReadOnlyMemory<char> field = line.AsMemory(_fields[i]).Trim(' ');
            if (field.IsEmpty) throw file.Fault(number, $"a value or '_' in the column {WordColumns[i]}", "nothing", Remedy);
            if (id.IsWord) _sentence.Vectors[i].Add(field);
        }
        if (!id.IsWord) _sentence.Vectors[AdditionalLines].Add(line.AsMemory());
    }

    private void AddComment(int number, string line)
    {
        if (Words > 0 || _sentence.Vectors[AdditionalLines].Count > 0)
            throw file.Fault(number, "comments before the first word of a sentence", "one after it", Remedy);
        _sentence.Vectors[Comments].Add(line.AsMemory());
        int equals = line.IndexOf('=');
        if (equals < 0) return;
        int column = line.AsSpan(1, equals - 1).Trim() switch { "sent_id" => SentenceId, "text" => Text, _ => -1 };
        if (column >= 0) _sentence.Texts[column] = line.AsMemory(equals + 1).Trim();
    }
}
