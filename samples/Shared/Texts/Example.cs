namespace MlNetRnn.Samples.Texts;

/// <summary>A labeled text of the user's file. Each task reads its own label.</summary>
public sealed class Example
{
    /// <summary>The label as it is in the file.</summary>
    public string Label { get; set; } = "";

    /// <summary>The label of a binary classification.</summary>
    public bool IsTrue { get; set; }

    /// <summary>The label as a number: of a regression, and of ordered classes.</summary>
    public float Number { get; set; }

    public string Text { get; set; } = "";
}
