namespace MlNetRnn.Corpora;

/// <summary>A line of a column file, split into its columns.</summary>
/// <param name="Number">The number of the line, from 1.</param>
/// <param name="HasTabs">Whether tabs separate the columns; otherwise blanks do.</param>
/// <param name="Columns">The values, without blanks around them.</param>
internal readonly record struct ConllLine(int Number, bool HasTabs, ReadOnlyMemory<char>[] Columns)
{
    private static readonly string[] DocumentMarks = ["#begin document", "#end document"];

    /// <summary>Splits a line at its tabs; at its blanks if it has no tab.</summary>
    public static ConllLine Of(int number, string line)
    {
        var columns = new List<ReadOnlyMemory<char>>();
        bool hasTabs = line.Contains('\t');
        for (int start = 0, end; start <= line.Length; start = end + 1)
        {
            end = line.IndexOf(hasTabs ? '\t' : ' ', start) is >= 0 and var found ? found : line.Length;
            if (hasTabs || end > start) columns.Add(Trim(line.AsMemory(start, end - start)));
        }
        return new ConllLine(number, hasTabs, [.. columns]);
    }

    /// <summary>Returns whether a line is a document mark, which also ends a sentence.</summary>
    public static bool IsDocumentMark(ReadOnlySpan<char> line)
    {
        foreach (string mark in DocumentMarks)
            if (line.StartsWith(mark, StringComparison.Ordinal)) return true;
        line = line.TrimStart(" \t");
        int end = line.IndexOfAny(" \t");
        return (end < 0 ? line : line[..end]).SequenceEqual("-DOCSTART-");
    }

    /// <summary>Whether the line begins with a number sign, as comments do.</summary>
    public bool HasNumberSign => Columns[0].Span.StartsWith("#");

    /// <summary>Whether a line before the first token of a sentence is a comment: a number sign followed by a blank. #tag may be a token.</summary>
    public bool IsComment => Columns[0].Span is "#" || Columns[0].Span.StartsWith("# ");

    // A value does not include the blanks around it. A token may be a no-break space, which is kept.
    private static ReadOnlyMemory<char> Trim(ReadOnlyMemory<char> value) => value.Trim() is { IsEmpty: false } trimmed ? trimmed : value.Trim(' ');
}
