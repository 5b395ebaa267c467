using MlNetRnn.Files;

namespace MlNetRnn.Corpora;

/// <summary>A reader of the sentences of a column file as lines, without comments. The lines of a sentence have the same number of columns.</summary>
internal sealed class ConllSentences(TextFile file, bool skipComments)
{
    private const string Remedy = "Blanks or tabs separate columns; if a line holds a tab, only tabs do",
        CommentRemedy = "If lines that begin with # are comments, read the file with skipComments: true";

    public string Path => file.Path;

    /// <summary>Reads the sentences. The list is reused: each sentence is valid until the next one is read.</summary>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public IEnumerable<IReadOnlyList<ConllLine>> Read()
    {
        var sentence = new List<ConllLine>();
        foreach ((int number, string line) in file.Lines())
        {
            if (!TextLine.IsBlank(line) && !ConllLine.IsDocumentMark(line))
            {
                sentence.Add(ConllLine.Of(number, line));
                continue;
            }
            if (Complete(sentence)) yield return sentence;
            sentence.Clear();
        }
        if (Complete(sentence)) yield return sentence;
    }

    /// <summary>Creates an exception about a line, which may be about the difference from another line.</summary>
    public FormatException Fault(ConllLine line, string expected, string got, string remedy = Remedy, ConllLine? other = null) =>
        file.Fault(line.Number, expected, got, !skipComments && (line.HasNumberSign || other?.HasNumberSign == true) ? CommentRemedy : remedy);

    private bool Complete(List<ConllLine> sentence)
    {
        if (skipComments) RemoveComments(sentence);
        if (sentence.Count == 0) return false;
        ConllLine first = sentence[0];
        foreach (ConllLine line in sentence)
        {
            if (line.Columns.Length == first.Columns.Length) continue;
            throw Fault(line, $"{first.Columns.Length} columns as in line {first.Number} of the same sentence", $"{line.Columns.Length}", other: first);
        }
        return true;
    }

    /// <summary>
    /// Removes comments, which precede the tokens of a sentence. Other lines with a number sign (#, #tag) are tokens if they have as many columns as the other
    /// lines.
    /// </summary>
    private static void RemoveComments(List<ConllLine> sentence)
    {
        int before = sentence.FindIndex(line => !line.IsComment);
        sentence.RemoveRange(0, before < 0 ? sentence.Count : before);
        if (sentence.FindLast(line => !line.HasNumberSign) is { Columns: { } columns })
            sentence.RemoveAll(line => line.HasNumberSign && line.Columns.Length != columns.Length);
    }
}
