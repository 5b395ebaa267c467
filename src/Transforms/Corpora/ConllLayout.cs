namespace MlNetRnn.Corpora;

/// <summary>Facts about a whole column file. Computed once, on first use.</summary>
internal sealed class ConllLayout(ConllSentences sentences)
{
    private readonly Lazy<Facts> _facts = new(() => Read(sentences));

    /// <summary>Whether the first column has a value in any line.</summary>
    public bool HasFirstColumn => _facts.Value.HasFirstColumn;

    /// <summary>Whether the last column has a value in any line.</summary>
    public bool HasLastColumn => _facts.Value.HasLastColumn;

    /// <summary>
    /// Returns whether a number of columns is plausible. If sentences of several lines differ, as in CoNLL-2012, where each verb of a sentence has a column,
    /// any number is plausible. Otherwise, a single line with more columns than those sentences is more likely a line with a blank inside a value.
    /// </summary>
    public bool IsPlausible(int width) => _facts.Value.HasSeveralWidths || width <= _facts.Value.Width;

    private static Facts Read(ConllSentences sentences)
    {
        var facts = new Facts(false, false, false, 0);
        foreach (IReadOnlyList<ConllLine> sentence in sentences.Read())
        {
            facts = facts with
            {
                HasFirstColumn = facts.HasFirstColumn || sentence.Any(line => !line.Columns[0].IsEmpty),
                HasLastColumn = facts.HasLastColumn || sentence.Any(line => !line.Columns[^1].IsEmpty),
            };
            if (sentence.Count < 2) continue;
            int width = sentence[0].Columns.Length;
            facts = facts with
            {
                HasSeveralWidths = facts.HasSeveralWidths || (facts.Width != 0 && width != facts.Width),
                Width = facts.Width == 0 ? width : facts.Width,
            };
            if (facts.HasSeveralWidths && facts.HasFirstColumn && facts.HasLastColumn) break;
        }
        return facts;
    }

    /// <param name="HasFirstColumn">Whether the first column has a value in any line.</param>
    /// <param name="HasLastColumn">Whether the last column has a value in any line.</param>
    /// <param name="HasSeveralWidths">Whether sentences of several lines differ in their number of columns.</param>
    /// <param name="Width">The number of columns of the first sentence of several lines; 0 without any.</param>
    private sealed record Facts(bool HasFirstColumn, bool HasLastColumn, bool HasSeveralWidths, int Width);
}
