namespace MlNetRnn.Samples.Texts;

/// <summary>Warns about a first line that was probably misread: names of columns as values, or values as names.</summary>
public static class HeaderCheck
{
    private const int MostWords = 2;

    private static readonly HashSet<string> Names =
    [
        "label", "labels", "class", "category", "sentiment", "polarity", "emotion", "target", "tag", "topic", "intent", "rating", "stars", "score",
        "text", "texts",
        "review", "sentence", "message", "title", "content", "body", "comment", "tweet", "question", "document", "phrase", "utterance", "query", "id",
    ];

    /// <param name="file">The file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="labels">Its labels and their counts.</param>
    /// <returns>The label that is probably the name of a column; null if there is none.</returns>
    public static string? Warn(TableFile file, TableColumns columns, IReadOnlyDictionary<string, int> labels)
    {
        (string label, string text) = (file.FirstRow[columns.Label].Trim(), file.FirstRow[columns.Text].Trim());
        string line = $"('{OneLine.Shortened(label)}', '{OneLine.Shortened(text)}')";
        if (file.HasHeader)
        {
            if (!labels.TryGetValue(label, out int count)) return null;
            Console.WriteLine($"warning: {file.Path}: line 1 {line} was read as the names of the columns (--has-header), "
                + $"but '{OneLine.Shortened(label)}' is the label of {OneLine.Count(count, "other rows")}, too. If it is a row, remove --has-header");
            return null;
        }
        if (labels.GetValueOrDefault(label) != 1) return null;
        bool isAlone = labels.Count > 2 && labels.All(other => other.Key == label || other.Value > 1);
        if (!isAlone && !AreNames(label) && !AreNames(text)) return null;
        Console.WriteLine($"warning: {file.Path}: line 1 {line} looks like the names of the columns, but was read as a row. "
            + "If it contains names, add --has-header");
        return label;
    }

    private static bool AreNames(string value)
    {
        string[] words = value.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= MostWords && words.Any(word => Names.Contains(word.ToLowerInvariant()));
    }
}
