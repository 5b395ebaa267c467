namespace MlNetRnn.Accuracy.Tagging;

/// <summary>A tagged sequence: of tokens or, where <see cref="Frames"/> is not empty, of frames.</summary>
internal sealed class Sentence
{
    public string[] Tokens { get; set; } = [];

    /// <summary>Parts of speech, where a set has them beside its tags.</summary>
    public string[] Pos { get; set; } = [];

    public string[] Label { get; set; } = [];

    public float[] Frames { get; set; } = [];
}

/// <summary>A split. Where a set has no validation part, the trainer holds a share of the training part out.</summary>
internal sealed record TaggedSet(IReadOnlyList<Sentence> Train, IReadOnlyList<Sentence>? Validation, IReadOnlyList<Sentence> Test)
{
    /// <summary>What the data is, in options of the library. Everything else is the default.</summary>
    public string[] Nature { get; init; } = [];

    /// <summary>The numbers of a frame; 0 for tokens.</summary>
    public int FrameSize { get; init; }
}
