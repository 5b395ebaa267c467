namespace MlNetRnn.Corpora;

/// <summary>What only the whole of a column file shows; found out when it matters, once.</summary>
internal sealed class ConllLayout(ConllSentences sentences)
{
    private readonly Lazy<(bool HasWidths, bool HasLastColumn)> _facts = new(() => Read(sentences));

    /// <summary>
    /// Whether sentences of several lines differ in their number of columns, as where each verb of a sentence has a column of its own (CoNLL-2012). Where only
    /// sentences of a single line differ, blanks inside of tokens are more likely.
    /// </summary>
    public bool HasWidths => _facts.Value.HasWidths;

    /// <summary>Whether the last column has a value in any line.</summary>
    public bool HasLastColumn => _facts.Value.HasLastColumn;

    private static (bool, bool) Read(ConllSentences sentences)
    {
        (bool hasWidths, bool hasLastColumn, int width) = (false, false, 0);
        foreach (IReadOnlyList<ConllLine> sentence in sentences.Read())
        {
            hasLastColumn |= sentence.Any(line => !line.Columns[^1].IsEmpty);
            if (sentence.Count < 2) continue;
            if (width == 0) width = sentence[0].Columns.Length;
            hasWidths |= sentence[0].Columns.Length != width;
            if (hasWidths && hasLastColumn) break;
        }
        return (hasWidths, hasLastColumn);
    }
}
