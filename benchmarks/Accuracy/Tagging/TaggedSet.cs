namespace MlNetRnn.Accuracy.Tagging;

/// <summary>A tagged data set in parts. Without a validation part, the trainer holds out a share of the training part.</summary>
internal sealed record TaggedSet(IReadOnlyList<Sentence> Train, IReadOnlyList<Sentence>? Validation, IReadOnlyList<Sentence> Test)
{
    /// <summary>Options that the data requires. All other options have their defaults.</summary>
    public string[] Nature { get; init; } = [];

    /// <summary>The number of values in a frame; 0 for tokens.</summary>
    public int FrameSize { get; init; }
}
