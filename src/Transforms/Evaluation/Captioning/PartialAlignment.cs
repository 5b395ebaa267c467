namespace MlNetRnn.Evaluation;

/// <summary>An alignment of the first words of a caption. Immutable.</summary>
internal sealed class PartialAlignment
{
    /// <summary>The place of a word without a partner.</summary>
    public const int NoPlace = -2;

    private readonly bool[] _taken;
    private readonly int _last;

    private PartialAlignment(bool[] taken, int last, int matches, int chunks) => (_taken, _last, Matches, Chunks) = (taken, last, matches, chunks);

    public int Matches { get; }

    public int Chunks { get; }

    /// <summary>Returns the alignment of no words.</summary>
    /// <param name="length">The number of words of the reference.</param>
    public static PartialAlignment Empty(int length) => new(new bool[length], NoPlace, 0, 0);

    public bool IsFree(int place) => !_taken[place];

    /// <summary>Returns whether a place is the one after that of the word before.</summary>
    public bool Continues(int place) => place == _last + 1;

    /// <summary>Returns the alignment with the next word.</summary>
    /// <param name="place">The place of its partner; <see cref="NoPlace"/> if it has none.</param>
    public PartialAlignment With(int place)
    {
        if (place == NoPlace) return new PartialAlignment(_taken, NoPlace, Matches, Chunks);
        bool[] taken = [.. _taken];
        taken[place] = true;
        return new PartialAlignment(taken, place, Matches + 1, Chunks + (Continues(place) ? 0 : 1));
    }

    /// <summary>Returns whether the rest of a caption can be aligned in the same ways.</summary>
    public bool IsSameAs(PartialAlignment other) => _last == other._last && _taken.AsSpan().SequenceEqual(other._taken);
}
