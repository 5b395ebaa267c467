using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>
/// The baseline: a word gets its most frequent tag of the training sentences, and an unknown word the most frequent tag of all. It uses no context.
/// </summary>
internal static class MostFrequentTag
{
    public static IDataView Transform(MLContext ml, IDataView train, IDataView test, string tokens, string label)
    {
        (string Token, string Tag)[] words = [.. Pairs(train, tokens, label).SelectMany(sentence => sentence.Tokens.Zip(sentence.Tags))];
        Dictionary<string, string> tags = words.GroupBy(word => word.Token).ToDictionary(word => word.Key, MostFrequent);
        string ofAll = MostFrequent(words);
        SchemaDefinition columns = SchemaDefinition.Create(typeof(Row));
        (columns[nameof(Row.Tokens)].ColumnName, columns[nameof(Row.Tags)].ColumnName) = (tokens, label);
        return ml.Data.LoadFromEnumerable(Pairs(test, tokens, label).Select(sentence => new Row
        {
            Tokens = sentence.Tokens,
            Tags = sentence.Tags,
            PredictedLabel = [.. sentence.Tokens.Select(token => tags.GetValueOrDefault(token, ofAll))],
        }), columns);
    }

    private static IEnumerable<(string[] Tokens, string[] Tags)> Pairs(IDataView data, string tokens, string label) =>
        data.GetColumn<string[]>(tokens).Zip(data.GetColumn<string[]>(label));

    private static string MostFrequent(IEnumerable<(string Token, string Tag)> words) => words.CountBy(word => word.Tag).MaxBy(tag => tag.Value).Key;

    private sealed class Row
    {
        public string[] Tokens { get; set; } = [];

        public string[] Tags { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
    }
}
