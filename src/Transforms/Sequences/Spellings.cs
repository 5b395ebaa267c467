namespace MlNetRnn.Sequences;

/// <summary>The different spellings of tokens, numbered as they come: each is kept once, however often it occurs.</summary>
internal sealed class Spellings
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    public int NumberOf(ReadOnlySpan<char> text)
    {
#if NET9_0_OR_GREATER
        if (_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int known)) return known;
#else
        if (_numbers.TryGetValue(text.ToString(), out int known)) return known;
#endif
        string added = text.ToString();
        _numbers.Add(added, _texts.Count);
        _texts.Add(added);
        return _texts.Count - 1;
    }

    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
    }
}
