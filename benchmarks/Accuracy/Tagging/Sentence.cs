namespace MlNetRnn.Accuracy.Tagging;

/// <summary>A tagged sequence of tokens, or of frames if <see cref="Frames"/> is not empty.</summary>
internal sealed class Sentence
{
    public string[] Tokens { get; set; } = [];

    /// <summary>Parts of speech, if the data set has them in addition to its tags.</summary>
    public string[] Pos { get; set; } = [];

    public string[] Label { get; set; } = [];

    public float[] Frames { get; set; } = [];
}
