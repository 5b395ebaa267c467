namespace MlNetRnn.Benchmarks;

/// <summary>A text.</summary>
internal sealed class TextRow
{
    public string Text { get; set; } = "";
}

/// <summary>A text and its class.</summary>
internal sealed class LabeledText
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}

/// <summary>A translation.</summary>
internal sealed class TranslatedRow
{
    public string Translation { get; set; } = "";
}

/// <summary>A prediction.</summary>
internal sealed class Scored
{
    public float[] Score { get; set; } = [];
}
