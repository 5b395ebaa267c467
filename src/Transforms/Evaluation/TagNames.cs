namespace MlNetRnn.Evaluation;

/// <summary>Numbers tags by their names, from 0 in the order in which they are met.</summary>
internal sealed class TagNames
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => _names;

    public int NumberOf(ReadOnlySpan<char> name)
    {
#if NET9_0_OR_GREATER
        if (_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int number)) return number;
#else
        if (_numbers.TryGetValue(name.ToString(), out int number)) return number;
#endif
        number = _names.Count;
        _names.Add(name.ToString());
        _numbers.Add(_names[number], number);
        return number;
    }
}
