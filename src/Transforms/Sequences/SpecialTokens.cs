namespace MlNetRnn.Sequences;

/// <summary>The reserved numbers at the beginning of every vocabulary.</summary>
internal static class SpecialTokens
{
    /// <summary>Pads the shorter rows of a batch. No result depends on it.</summary>
    public const int Padding = 0;

    /// <summary>A token that the vocabulary does not include; also the only token of an empty sequence, so that every row has a result.</summary>
    public const int Unknown = 1;

    /// <summary>The number of reserved numbers, which is the number of the first word of a vocabulary.</summary>
    public const int Count = 2;
}
