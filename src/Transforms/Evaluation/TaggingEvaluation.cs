using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Evaluation;

/// <summary>Compares true and predicted tags in one pass over the data.</summary>
internal static class TaggingEvaluation
{
    /// <summary>Counts tags, sentences and unknown tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public static TagCounts Count(IDataView data, string label, string predictedLabel, string? token, IDataView? trainingData)
    {
        DataViewSchema.Column actual = NamedVectors.Bind(data.Schema, "label", label);
        DataViewSchema.Column predicted = NamedVectors.Bind(data.Schema, "predicted label", predictedLabel);
        DataViewSchema.Column? tokens = token is null ? null : NamedVectors.Bind(data.Schema, "token", token);
        HashSet<string>? known = token is null ? null : Values(trainingData!, token);

        IEnumerable<DataViewSchema.Column> needed = new[] { actual, predicted, tokens }.OfType<DataViewSchema.Column>();
        using DataViewRowCursor cursor = data.GetRowCursor(needed.DistinctBy(column => column.Index));
        List<ReadOnlyMemory<char>> trueTags = [], predictedTags = [], words = [];
        Action read = NamedVectors.OpenReader(cursor, actual, trueTags);
        read += NamedVectors.OpenReader(cursor, predicted, predictedTags);
        if (tokens is { } column) read += NamedVectors.OpenReader(cursor, column, words);
        var counts = new TagCounts();
        while (cursor.MoveNext())
        {
            read();
            if (predictedTags.Count != trueTags.Count || known is not null && words.Count != trueTags.Count) counts.Mismatched++;
            else AddSentence(counts, trueTags, predictedTags, t => known is not null && !known.Contains(words[t].ToString()));
        }
        return counts;
    }

    private static void AddSentence(
        TagCounts counts, List<ReadOnlyMemory<char>> trueTags, List<ReadOnlyMemory<char>> predictedTags, Func<int, bool> isUnknown)
    {
        int[] labeled = [.. Enumerable.Range(0, trueTags.Count).Where(t => !trueTags[t].IsEmpty)];
        int Number(ReadOnlyMemory<char> tag) => tag.IsEmpty ? TagCounts.None : counts.Tags.NumberOf(tag.Span);
        counts.Add(
            Array.ConvertAll(labeled, t => Number(trueTags[t])),
            Array.ConvertAll(labeled, t => Number(predictedTags[t])),
            Array.ConvertAll(labeled, t => isUnknown(t)));
    }

    /// <summary>Returns the distinct values of a column.</summary>
    private static HashSet<string> Values(IDataView data, string name)
    {
        DataViewSchema.Column column = NamedVectors.Bind(data.Schema, "training token", name);
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        var row = new List<ReadOnlyMemory<char>>();
        Action read = NamedVectors.OpenReader(cursor, column, row);
        var values = new HashSet<string>(StringComparer.Ordinal);
        while (cursor.MoveNext())
        {
            read();
            foreach (ReadOnlyMemory<char> value in row) values.Add(value.ToString());
        }
        return values;
    }
}
