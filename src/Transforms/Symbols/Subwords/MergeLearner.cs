using System.Runtime.InteropServices;

namespace MlNetRnn.Symbols;

/// <summary>
/// Learns the merges of byte-pair encoding (Sennrich et al., 2016): again and again, the most frequent pair of adjacent symbols becomes one symbol; of
/// equally frequent pairs, the one with the smallest symbols. Counts are updated only where a pair was merged. Not thread-safe.
/// </summary>
internal sealed class MergeLearner
{
    private readonly List<int> _symbols = [];                           // the symbols of all pieces
    private readonly List<(int Start, long Count)> _pieces = [];        // where each piece begins, and its occurrences
    private readonly List<int> _lengths = [];                           // merging makes a piece shorter
    private readonly Dictionary<long, Pair> _pairs = [];

    /// <param name="pieces">The distinct pieces with their numbers of occurrences.</param>
    public MergeLearner(IEnumerable<(string Text, long Count)> pieces)
    {
        Span<byte> bytes = stackalloc byte[SubwordMerges.MaximumBytes];
        foreach ((string text, long count) in pieces)
        {
            int length = Wtf8.Encode(text, bytes);
            _pieces.Add((_symbols.Count, count));
            _lengths.Add(length);
            foreach (byte value in bytes[..length]) _symbols.Add(SubwordMerges.SymbolOf(value));
            for (int i = 1; i < length; i++) Add(SubwordMerges.SymbolOf(bytes[i - 1]), SubwordMerges.SymbolOf(bytes[i]), _pieces.Count - 1);
        }
    }

    /// <summary>Returns the symbols of a piece with the merges so far.</summary>
    public ReadOnlySpan<int> this[int piece] => CollectionsMarshal.AsSpan(_symbols).Slice(_pieces[piece].Start, _lengths[piece]);

    /// <summary>Returns the two symbols of each merge.</summary>
    /// <param name="maximum">The maximum number of merges.</param>
    /// <param name="minimumCount">The minimum number of occurrences of a pair, at least 2.</param>
    /// <param name="check">Called for every merge; throws to cancel.</param>
    public IReadOnlyList<int[]> Learn(int maximum, int minimumCount, Action? check)
    {
        long least = Math.Max(2, minimumCount);
        var merges = new List<int[]>();
        // The counts in the queue may be too high: after the step that creates its newer symbol, the count of a pair only decreases.
        var queue = new PriorityQueue<long, (long NegativeCount, long Key)>();
        Enqueue(_pairs.Keys);
        while (merges.Count < maximum && queue.TryDequeue(out long key, out (long NegativeCount, long Key) priority))
        {
            check?.Invoke();
            if (!_pairs.TryGetValue(key, out Pair? pair)) continue;
            if (pair.Count != -priority.NegativeCount)
            {
                Enqueue([key]);
                continue;
            }
            var (left, right) = ((int)(key >> 32), (int)key);
            Enqueue(Merge(left, right, SubwordMerges.FirstMerge + merges.Count, pair));
            merges.Add([left, right]);
        }
        return merges;

        void Enqueue(IEnumerable<long> keys)
        {
            foreach (long key in keys)
            {
                long count = _pairs[key].Count;
                if (count >= least) queue.Enqueue(key, (-count, key));
                else _pairs.Remove(key);
            }
        }
    }

    /// <summary>Merges a pair in all pieces and returns the pairs that contain the new symbol.</summary>
    private List<long> Merge(int left, int right, int symbol, Pair pair)
    {
        _pairs.Remove(SubwordMerges.Key(left, right));
        var created = new List<long>();
        Span<int> symbols = CollectionsMarshal.AsSpan(_symbols);
        foreach (int piece in pair.Pieces)
        {
            Span<int> old = symbols.Slice(_pieces[piece].Start, _lengths[piece]);
            int length = 0;
            for (int i = 0; i < old.Length; i++)
            {
                if (i + 1 == old.Length || old[i] != left || old[i + 1] != right)
                {
                    old[length++] = old[i];
                    continue;
                }
                if (length > 0)
                {
                    Remove(old[length - 1], left, piece);
                    if (Add(old[length - 1], symbol, piece)) created.Add(SubwordMerges.Key(old[length - 1], symbol));
                }
                if (i + 2 < old.Length)
                {
                    Remove(right, old[i + 2], piece);
                    if (Add(symbol, old[i + 2], piece)) created.Add(SubwordMerges.Key(symbol, old[i + 2]));
                }
                old[length++] = symbol;
                i++;
            }
            _lengths[piece] = length;
        }
        return created;
    }

    /// <summary>Counts a pair in a piece and returns whether it is a new pair.</summary>
    private bool Add(int left, int right, int piece)
    {
        ref Pair? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, SubwordMerges.Key(left, right), out bool exists);
        pair ??= new Pair();
        pair.Count += _pieces[piece].Count;
        if (pair.Pieces.Count == 0 || pair.Pieces[^1] != piece) pair.Pieces.Add(piece);
        return !exists;
    }

    private void Remove(int left, int right, int piece)
    {
        if (_pairs.TryGetValue(SubwordMerges.Key(left, right), out Pair? pair)) pair.Count -= _pieces[piece].Count;
    }

    private sealed class Pair
    {
        public long Count { get; set; }

        /// <summary>The pieces in which the pair occurs, or occurred before a merge.</summary>
        public List<int> Pieces { get; } = [];
    }
}
