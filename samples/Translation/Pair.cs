namespace MlNetRnn.Samples.Translation;

/// <summary>A text and its translation: a row of the training data.</summary>
public sealed class Pair
{
    public string Source { get; set; } = "";

    public string Target { get; set; } = "";

    /// <summary>The language of the source, for a model of several languages.</summary>
    public string SourceLanguage { get; set; } = "";

    /// <summary>The language of the target, for a model of several languages.</summary>
    public string TargetLanguage { get; set; } = "";
}
