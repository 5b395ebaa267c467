namespace MlNetRnn.Accuracy.Tagging;

/// <summary>A tagged data set in parts. Without a validation part, the trainer holds out a share of the training part.</summary>
internal sealed record TaggedSet(IReadOnlyList<Sentence> Train, IReadOnlyList<Sentence>? Validation, IReadOnlyList<Sentence> Test)
{
    /// <summary>Options that the data requires. All other options have their defaults.</summary>
    public string[] Nature { get; init; } = [];

    /// <summary>The number of values in a frame; 0 for tokens.</summary>
    public int FrameSize { get; init; }

    /// <summary>
    /// Returns the training part alone, with one of several blocks of consecutive rows as the test part. The test part of the data set is not read.
    /// </summary>
    /// <param name="fold">The block, from 0.</param>
    /// <param name="folds">The number of blocks.</param>
    public TaggedSet Fold(int fold, int folds)
    {
        int first = Train.Count * fold / folds, end = Train.Count * (fold + 1) / folds;
        return this with { Train = [.. Train.Take(first), .. Train.Skip(end)], Test = [.. Train.Take(end).Skip(first)] };
    }
}
