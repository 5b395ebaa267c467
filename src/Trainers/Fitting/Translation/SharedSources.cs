using System.IO.Hashing;
using System.Runtime.InteropServices;
using MlNetRnn.Sequences;

namespace MlNetRnn.Fitting;

/// <summary>Keeps equal sources of frames once, as those of an image with several captions.</summary>
/// <param name="sources">The sources.</param>
internal sealed class SharedSources(SequenceStore sources)
{
    private readonly Dictionary<ulong, List<int>> _byHash = [];
    private readonly List<int> _ofPairs = [];

    /// <summary>The number of the source of each pair.</summary>
    public IReadOnlyList<int> OfPairs => _ofPairs;

    /// <summary>Whether a source has several pairs.</summary>
    public bool IsAnyShared => _ofPairs.Count > sources.Count;

    /// <summary>Adds a pair whose source is the last of the store. The store keeps it only if it is new.</summary>
    public void AddLast()
    {
        int last = sources.Count - 1;
        ReadOnlySpan<byte> content = MemoryMarshal.AsBytes(sources.Frames(last));
        List<int> same = CollectionsMarshal.GetValueRefOrAddDefault(_byHash, XxHash64.HashToUInt64(content), out _) ??= [];
        foreach (int known in same)
        {
            if (!content.SequenceEqual(MemoryMarshal.AsBytes(sources.Frames(known)))) continue;
            sources.RemoveLast();
            _ofPairs.Add(known);
            return;
        }
        same.Add(last);
        _ofPairs.Add(last);
    }
}
