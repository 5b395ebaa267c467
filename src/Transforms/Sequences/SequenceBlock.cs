namespace MlNetRnn.Sequences;

/// <summary>Rows as a model reads them: the sequences of its main column, and whatever goes with them step by step.</summary>
/// <param name="Main">The sequences.</param>
/// <param name="Additional">Additional columns, with the same lengths.</param>
/// <param name="Characters">Numbers the characters of the main column's tokens; null where the model does not look at them.</param>
internal sealed record SequenceBlock(SequenceStore Main, IReadOnlyList<SequenceStore> Additional, CharacterIndex? Characters)
{
    /// <summary>All columns, the main one first.</summary>
    public IEnumerable<SequenceStore> All => Additional.Prepend(Main);

    /// <summary>The numbers of a step in all columns of frames. Summed up once: it is asked for with every row.</summary>
    public long NumbersPerStep { get; } = Main.FrameSize + Additional.Sum(store => (long)store.FrameSize);

    public void Clear()
    {
        foreach (SequenceStore store in All) store.Clear();
    }
}
