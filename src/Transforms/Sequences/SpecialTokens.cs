namespace MlNetRnn.Sequences;

/// <summary>The numbers at the start of every vocabulary that stand for no word of it.</summary>
internal static class SpecialTokens
{
    /// <summary>Fills the end of the shorter rows of a batch. No result depends on it.</summary>
    public const int Padding = 0;

    /// <summary>A token that the vocabulary lacks; also the only token of an empty sequence, so that every row has a result.</summary>
    public const int Unknown = 1;

    /// <summary>How many numbers are reserved; the first word of a vocabulary has this one.</summary>
    public const int Count = 2;
}
