namespace MlNetRnn.Sequences;

/// <summary>
/// A builder of a vocabulary in one pass over the data. Each new token gets the next provisional number, so that the data is stored as integers from the first
/// row on. <see cref="Build"/> then maps the provisional numbers to final ones.
/// </summary>
internal sealed class VocabularyBuilder : ITokenIndex
{
    private readonly Dictionary<string, int> _provisional = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];

    public int IndexOf(ReadOnlySpan<char> token)
    {
#if NET9_0_OR_GREATER
        var lookup = _provisional.GetAlternateLookup<ReadOnlySpan<char>>();
        bool known = lookup.TryGetValue(token, out int index);
#else
        bool known = _provisional.TryGetValue(token.ToString(), out int index);
#endif
        if (known) return index;
        string word = token.ToString();
        index = _tokens.Count + SpecialTokens.Count;
        _provisional.Add(word, index);
        _tokens.Add(word);
        return index;
    }

    /// <summary>
    /// Creates a vocabulary of the most frequent words of some rows; ties are broken by ordinal order, so that the order of the rows does not matter. Words
    /// that occur only in other rows (the held-out set) become unknown, like unseen words in scoring.
    /// </summary>
    /// <param name="sequences">Sequences of provisional numbers.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="minimumCount">The minimum number of occurrences of a word; rarer words are left out.</param>
    /// <param name="maximumSize">The maximum number of words, in addition to the known ones.</param>
    /// <param name="known">
    /// The words of the model that training continues from, which come first in their order regardless of their counts; null for none.
    /// </param>
    /// <param name="final">
    /// Receives the final number of each provisional one; <see cref="SpecialTokens.Unknown"/> for words that are left out. Special tokens keep their numbers.
    /// </param>
    public Vocabulary Build(SequenceStore sequences, IEnumerable<int> rows, int minimumCount, int maximumSize, Vocabulary? known, out int[] final)
    {
        var counts = new long[_tokens.Count];
        foreach (int row in rows)
            foreach (int token in sequences[row])
                if (token >= SpecialTokens.Count) counts[token - SpecialTokens.Count]++;
        int[] kept = Enumerable.Range(0, _tokens.Count)
            .Where(i => counts[i] >= Math.Max(1, minimumCount) && !IsKnown(known, i))
            .OrderByDescending(i => counts[i])
            .ThenBy(i => _tokens[i], StringComparer.Ordinal)
            .Take(maximumSize)
            .ToArray();
        final = new int[_tokens.Count + SpecialTokens.Count];
        Array.Fill(final, SpecialTokens.Unknown);
        for (int special = 0; special < SpecialTokens.Count; special++) final[special] = special;
        int first = known?.Count ?? SpecialTokens.Count;
        for (int i = 0; known is not null && i < _tokens.Count; i++) final[i + SpecialTokens.Count] = known.IndexOf(_tokens[i]);
        for (int i = 0; i < kept.Length; i++) final[kept[i] + SpecialTokens.Count] = i + first;
        return new Vocabulary((known?.Words ?? []).Concat(kept.Select(i => _tokens[i])));
    }

    private bool IsKnown(Vocabulary? known, int token) => known is not null && known.IndexOf(_tokens[token]) != SpecialTokens.Unknown;
}
