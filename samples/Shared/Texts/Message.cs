using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Texts;

/// <summary>A line of samples/Data/messages-*.tsv.</summary>
public sealed class Message
{
    [LoadColumn(0)]
    public string Topic { get; set; } = "";

    [LoadColumn(1)]
    public float Stars { get; set; }

    [LoadColumn(2)]
    public string Text { get; set; } = "";
}
