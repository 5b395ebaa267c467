using System.Runtime.InteropServices;

namespace MlNetRnn.Symbols;

/// <summary>
/// Counts of distinct short texts in bounded memory. If there are more distinct texts than fit, the rarest are dropped, and those that occur again start
/// from 0 (Goyal et al., 2012, compare such methods): a count is then too low by at most <see cref="Error"/>. Not thread-safe.
/// </summary>
/// <param name="capacity">The maximum number of distinct texts; a text needs about 100 bytes.</param>
internal sealed class TextCounts(int capacity = TextCounts.DefaultCapacity)
{
    public const int DefaultCapacity = 2_000_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The number by which a count may be too low; 0 if nothing was dropped.</summary>
    public long Error { get; private set; }

    public void Add(ReadOnlySpan<char> text)
    {
#if NET9_0_OR_GREATER
        var lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        CollectionsMarshal.GetValueRefOrAddDefault(lookup, text, out _)++;
#else
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, text.ToString(), out _)++;
#endif
        if (_counts.Count > capacity) DropRarest();
    }

    /// <summary>Returns the texts from frequent to rare; ties are broken by ordinal order.</summary>
    public IEnumerable<(string Text, long Count)> FromFrequentToRare() => _counts
        .OrderByDescending(entry => entry.Value)
        .ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => (entry.Key, entry.Value));

    /// <summary>Drops at least a quarter of the texts, so that the cost of an addition stays constant on average.</summary>
    private void DropRarest()
    {
        long[] counts = [.. _counts.Values];
        Array.Sort(counts);
        long limit = counts[counts.Length / 4];
        // A dropped text that was already dropped before lost its earlier count, which was at most the error so far.
        Error += limit;
        foreach ((string text, long count) in _counts)
            if (count <= limit) _counts.Remove(text);
    }
}
