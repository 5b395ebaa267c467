using System.Text;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>A text as rows, which the trainer joins again. The file is read anew for every pass, so that only a row of it is in memory.</summary>
/// <remarks>
/// Where words are predicted, each line is a row: the model predicts the end of the line as the boundary between rows. Where characters or subwords are
/// predicted, a line break is a character like any other, and a row consists of many lines.
/// </remarks>
internal static class TextRows
{
    /// <summary>The least number of characters of a row of several lines. A longer line is divided.</summary>
    internal const int RowLength = 1 << 20;

    /// <summary>Whether each line is a row for this unit.</summary>
    public static bool AreLines(RnnLanguageUnit unit) => unit is RnnLanguageUnit.Word or RnnLanguageUnit.Whitespace;

    /// <summary>Returns the rows of a text.</summary>
    /// <param name="lines">The lines of the text, without line breaks.</param>
    /// <param name="unit">The unit of the model.</param>
    public static IEnumerable<TextRow> Of(IEnumerable<string> lines, RnnLanguageUnit unit)
    {
        var row = new StringBuilder();
        foreach (string line in lines)
        {
            int from = 0;
            for (; line.Length - from > RowLength; row.Clear())
            {
                int end = CutBefore(line, from, from + RowLength);
                yield return new TextRow { Text = row.Append(line, from, end - from).ToString() };
                from = end;
            }
            row.Append(line, from, line.Length - from);
            if (!AreLines(unit)) row.Append('\n');
            if (!AreLines(unit) && row.Length < RowLength) continue;
            yield return new TextRow { Text = row.ToString() };
            row.Clear();
        }
        if (row.Length > 0) yield return new TextRow { Text = row.ToString() };
    }

    /// <summary>Returns where a line is divided: after a blank, or at the limit, but not inside of a character.</summary>
    private static int CutBefore(string line, int from, int limit)
    {
        int blank = line.LastIndexOf(' ', limit - 1, limit - from);
        return blank > from ? blank + 1 : char.IsLowSurrogate(line[limit]) ? limit - 1 : limit;
    }
}
