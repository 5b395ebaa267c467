using Microsoft.ML;

/// <summary>Short messages about three topics.</summary>
internal static class Messages
{
    private static readonly string[] Topics = ["late", "double", "locked"];

    public static IDataView Load(MLContext ml, int count, int from = 0) => ml.Data.LoadFromEnumerable(Enumerable.Range(from, count).Select(i =>
        new Message { Label = Topics[i % 3], Text = $"{Topics[i % 3]} word{i % 7} word{i % 5}" }).ToArray());

    private sealed class Message
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
