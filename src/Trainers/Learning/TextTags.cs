using Microsoft.ML.Data;
using MlNetRnn.Columns;

namespace MlNetRnn.Learning;

/// <summary>Numbers the tags of a text column as they come, as MapValueToKey does.</summary>
internal sealed class TextTags
{
    /// <summary>A tag of the validation rows that the training data lacks: no answer is right.</summary>
    public const int Stranger = -2;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly bool _isClosed;

    /// <param name="known">Tags that come first, in their order; null for none.</param>
    /// <param name="isClosed">Whether no others are taken in.</param>
    public TextTags(KeyValues? known, bool isClosed)
    {
        foreach (string name in known?.Names ?? []) _numbers.TryAdd(name, _numbers.Count);
        _isClosed = isClosed;
    }

    public int NumberOf(ReadOnlyMemory<char> tag)
    {
        if (tag.IsEmpty) return -1;
        string name = tag.ToString();
        if (_numbers.TryGetValue(name, out int number)) return number;
        if (_isClosed) return Stranger;
        _numbers.Add(name, _numbers.Count);
        return _numbers.Count - 1;
    }

    /// <summary>The tags in the order of their numbers.</summary>
    public KeyValues ToKeyValues() => KeyValues.OfTexts([.. _numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
}
