namespace MlNetRnn.Contracts;

/// <summary>A text with a number.</summary>
internal sealed class NumberRow
{
    public string Text { get; set; } = "";

    public float Label { get; set; }
}
