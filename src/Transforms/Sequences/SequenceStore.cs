using System.Runtime.InteropServices;

namespace MlNetRnn.Sequences;

/// <summary>
/// Many sequences of token numbers in one flat list: four bytes a token and eight a sequence, no object per row.
/// Serves as the working set of a scoring cursor and as the training set alike.
/// </summary>
internal sealed class SequenceStore
{
    private readonly List<int> _tokens = [];
    private readonly List<long> _ends = [];

    /// <summary>How many sequences are complete.</summary>
    public int Count => _ends.Count;

    /// <summary>How many tokens they have together.</summary>
    public long TokenCount => _ends.Count == 0 ? 0 : _ends[^1];

    public ReadOnlySpan<int> this[int sequence] => CollectionsMarshal.AsSpan(_tokens)[(int)Start(sequence)..(int)_ends[sequence]];

    public int Length(int sequence) => (int)(_ends[sequence] - Start(sequence));

    /// <summary>Adds a token to the sequence under way.</summary>
    public void Add(int token) => _tokens.Add(token);

    /// <summary>How many tokens the sequence under way has.</summary>
    public int OpenLength => (int)(_tokens.Count - TokenCount);

    /// <summary>Ends the sequence under way. An empty one gets the one token <paramref name="ifEmpty"/>: every row has a result.</summary>
    public void EndSequence(int ifEmpty = SpecialTokens.Unknown)
    {
        if (OpenLength == 0) _tokens.Add(ifEmpty);
        _ends.Add(_tokens.Count);
    }

    public void Clear()
    {
        _tokens.Clear();
        _ends.Clear();
    }

    /// <summary>Replaces every token by <paramref name="map"/>[token].</summary>
    public void Renumber(ReadOnlySpan<int> map)
    {
        foreach (ref int token in CollectionsMarshal.AsSpan(_tokens)) token = map[token];
    }

    private long Start(int sequence) => sequence == 0 ? 0 : _ends[sequence - 1];
}
