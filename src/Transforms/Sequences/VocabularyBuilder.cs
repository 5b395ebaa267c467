namespace MlNetRnn.Sequences;

/// <summary>
/// Learns a vocabulary in one pass over the data: every new token gets the next provisional number, so that the data can be kept as
/// integers from the first row on; <see cref="Build"/> then says which number each provisional one becomes.
/// </summary>
internal sealed class VocabularyBuilder : ITokenIndex
{
    private readonly Dictionary<string, int> _provisional = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];
    private readonly List<long> _counts = [];

    public int IndexOf(ReadOnlySpan<char> token)
    {
#if NET9_0_OR_GREATER
        var lookup = _provisional.GetAlternateLookup<ReadOnlySpan<char>>();
        bool known = lookup.TryGetValue(token, out int index);
#else
        bool known = _provisional.TryGetValue(token.ToString(), out int index);
#endif
        if (known)
        {
            _counts[index - SpecialTokens.Count]++;
            return index;
        }
        string word = token.ToString();
        index = _tokens.Count + SpecialTokens.Count;
        _provisional.Add(word, index);
        _tokens.Add(word);
        _counts.Add(1);
        return index;
    }

    /// <summary>The most frequent words; ties are broken by ordinal order, so that the order of the rows does not matter.</summary>
    /// <param name="minimumCount">Rarer words are left out.</param>
    /// <param name="maximumSize">At most so many words.</param>
    /// <param name="final">
    /// The final number of every provisional one; <see cref="SpecialTokens.Unknown"/> for words left out. Special tokens stay what they are.
    /// </param>
    public Vocabulary Build(int minimumCount, int maximumSize, out int[] final)
    {
        int[] kept = Enumerable.Range(0, _tokens.Count)
            .Where(i => _counts[i] >= minimumCount)
            .OrderByDescending(i => _counts[i])
            .ThenBy(i => _tokens[i], StringComparer.Ordinal)
            .Take(maximumSize)
            .ToArray();
        final = new int[_tokens.Count + SpecialTokens.Count];
        Array.Fill(final, SpecialTokens.Unknown);
        for (int special = 0; special < SpecialTokens.Count; special++) final[special] = special;
        for (int i = 0; i < kept.Length; i++) final[kept[i] + SpecialTokens.Count] = i + SpecialTokens.Count;
        return new Vocabulary(kept.Select(i => _tokens[i]));
    }
}
