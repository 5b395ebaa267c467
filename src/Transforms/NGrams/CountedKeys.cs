using System.Numerics;

namespace MlNetRnn.NGrams;

/// <summary>
/// Distinct keys in sorted order, and the count of each. Additions and changes work in place, because there may be millions. Not thread-safe.
/// </summary>
internal sealed class CountedKeys<TKey>
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private TKey[] _keys;
    private int[] _counts;

    public CountedKeys(int capacity = 0) => (_keys, _counts) = (new TKey[capacity], new int[capacity]);

    public int Length { get; private set; }

    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, Length);

    /// <summary>The counts, at most <see cref="int.MaxValue"/>.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Length);

    /// <summary>Counts a key that is not less than the last one.</summary>
    public void Append(TKey key, int count)
    {
        if (Length > 0 && _keys[Length - 1] == key) _counts[Length - 1] = Sum(_counts[Length - 1], count);
        else (_keys[Length], _counts[Length++]) = (key, count);
    }

    /// <summary>Counts occurrences of keys.</summary>
    /// <param name="sorted">The occurrences in sorted order.</param>
    public void Add(ReadOnlySpan<TKey> sorted)
    {
        int old = Length - 1, added = sorted.Length - 1;
        Length += Unknown(sorted);
        if (Length > _keys.Length) Resize((int)Math.Min(Array.MaxLength, Length + Length / 4L));
        // From the greatest key on: no entry is overwritten before it is moved.
        for (int to = Length - 1; added >= 0; to--)
        {
            bool isOld = old >= 0 && _keys[old] >= sorted[added];
            TKey key = isOld ? _keys[old] : sorted[added];
            int count = isOld ? _counts[old--] : 0;
            for (; added >= 0 && sorted[added] == key; added--) count = Sum(count, 1);
            (_keys[to], _counts[to]) = (key, count);
        }
    }

    /// <summary>Replaces each key. The new keys of a group are sorted; equal ones are added up.</summary>
    /// <param name="groupOf">Returns the group of a key. Groups are in sorted order before and after.</param>
    /// <param name="change">Returns the new key and its count.</param>
    public void Change(Func<TKey, TKey> groupOf, Func<TKey, int, (TKey Key, int Count)> change)
    {
        int length = Length;
        Length = 0;
        for (int begin = 0, end; begin < length; begin = end)
        {
            TKey group = groupOf(_keys[begin]);
            for (end = begin; end < length && groupOf(_keys[end]) == group; end++) (_keys[end], _counts[end]) = change(_keys[end], _counts[end]);
            _keys.AsSpan(begin..end).Sort(_counts.AsSpan(begin..end));
            for (int i = begin; i < end; i++) Append(_keys[i], _counts[i]);
        }
        if (Length < _keys.Length / 2) Resize(Length);
    }

    /// <summary>Returns how many of the keys are new.</summary>
    private int Unknown(ReadOnlySpan<TKey> sorted)
    {
        int unknown = 0, old = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] == sorted[i - 1]) continue;
            while (old < Length && _keys[old] < sorted[i]) old++;
            if (old == Length || _keys[old] != sorted[i]) unknown++;
        }
        return unknown;
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _counts, capacity);
    }

    private static int Sum(int a, int b) => (int)Math.Min((long)a + b, int.MaxValue);
}
