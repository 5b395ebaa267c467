namespace MlNetRnn.Sequences;

/// <summary>A set of distinct texts, numbered from 0 in the order in which they are added.</summary>
internal sealed class TextNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public int Count => _texts.Count;

    /// <summary>The texts in the order of their numbers.</summary>
    public IReadOnlyList<string> All => _texts;

    public string this[int number] => _texts[number];

    /// <summary>Returns the number of a text. Adds the text if it is new.</summary>
    public int NumberOf(ReadOnlySpan<char> text)
    {
        int known = Find(text);
        if (known >= 0) return known;
        string added = text.ToString();
        _numbers.Add(added, _texts.Count);
        _texts.Add(added);
        return _texts.Count - 1;
    }

    /// <summary>Returns the number of a text; −1 if the set does not include it.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
#if NET9_0_OR_GREATER
        return _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int number) ? number : -1;
#else
        return _numbers.TryGetValue(text.ToString(), out int number) ? number : -1;
#endif
    }

    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
    }
}
