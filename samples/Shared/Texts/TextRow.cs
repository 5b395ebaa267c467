namespace MlNetRnn.Samples.Texts;

/// <summary>The input of a saved model.</summary>
public sealed class TextRow
{
    public string Text { get; set; } = "";
}
