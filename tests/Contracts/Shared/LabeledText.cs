namespace MlNetRnn.Contracts;

/// <summary>A text and its class.</summary>
internal sealed class LabeledText
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}
