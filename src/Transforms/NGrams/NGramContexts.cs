using System.Numerics;

namespace MlNetRnn.NGrams;

/// <summary>Goes through the contexts of one length: those of n-grams, and the ends of longer contexts.</summary>
/// <param name="keys">The form of the n-grams.</param>
/// <param name="length">The number of symbols of a context.</param>
/// <param name="grams">The n-grams.</param>
/// <param name="longer">The ends of the longer contexts, and their numbers.</param>
internal sealed class NGramContexts<TKey>(NGramKeys<TKey> keys, int length, CountedKeys<TKey> grams, CountedKeys<TKey> longer)
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private int _longer;

    public TKey Context { get; private set; }

    /// <summary>The first n-gram with this context.</summary>
    public int Begin { get; private set; }

    /// <summary>The n-gram after the last one with this context.</summary>
    public int End { get; private set; }

    /// <summary>The number of contexts that are one symbol longer.</summary>
    public int LongerCount { get; private set; }

    public bool MoveNext()
    {
        ReadOnlySpan<TKey> all = grams.Keys;
        while (End < all.Length && !keys.IsUnpadded(all[End], length)) End++;
        bool hasGram = End < all.Length, hasLonger = _longer < longer.Length;
        if (!hasGram && !hasLonger) return false;
        // A longer context may have lost all n-grams of its end, if rare n-grams are left out.
        bool isOfGram = hasGram && (!hasLonger || keys.Prefix(all[End]) <= longer.Keys[_longer]);
        Context = isOfGram ? keys.Prefix(all[End]) : longer.Keys[_longer];
        Begin = End;
        while (End < all.Length && keys.Prefix(all[End]) == Context) End++;
        LongerCount = hasLonger && longer.Keys[_longer] == Context ? longer.Counts[_longer++] : 0;
        return true;
    }
}
