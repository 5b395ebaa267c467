namespace MlNetRnn.Contracts;

/// <summary>A text of one of two classes.</summary>
internal sealed class BinaryRow
{
    public string Text { get; set; } = "";

    public bool Label { get; set; }
}
