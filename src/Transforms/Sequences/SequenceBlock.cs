namespace MlNetRnn.Sequences;

/// <summary>A block of rows that a model reads: the sequences of the main column and of the additional columns.</summary>
/// <param name="Main">The sequences of the main column.</param>
/// <param name="Additional">The sequences of the additional columns, with the same lengths.</param>
/// <param name="Characters">The index of the characters of the main column; null if the model does not use them.</param>
internal sealed record SequenceBlock(SequenceStore Main, IReadOnlyList<SequenceStore> Additional, CharacterIndex? Characters)
{
    /// <summary>All columns, the main one first.</summary>
    public IEnumerable<SequenceStore> All => Additional.Prepend(Main);

    /// <summary>The number of values per step in all columns of frames. Computed once, because it is read for every row.</summary>
    public long NumbersPerStep { get; } = Main.FrameSize + Additional.Sum(store => (long)store.FrameSize);

    public void Clear()
    {
        foreach (SequenceStore store in All) store.Clear();
    }
}
