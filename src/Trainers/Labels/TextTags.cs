using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Labels;

/// <summary>Numbers the tags of a text column in the order of their first occurrence, as MapValueToKey does.</summary>
internal sealed class TextTags
{
    /// <summary>The number of a validation tag that does not occur in the training data: no prediction for it is correct.</summary>
    public const int Unseen = -2;

    private const int Missing = -1;

    private readonly TextNumbers _numbers = new();
    private readonly bool _isClosed;

    /// <param name="known">Tags that get the first numbers, in their order; null for none.</param>
    /// <param name="isClosed">Whether other tags are unseen ones instead of new ones.</param>
    public TextTags(KeyValues? known, bool isClosed)
    {
        foreach (string name in known?.Names ?? []) _numbers.NumberOf(name);
        _isClosed = isClosed;
    }

    public int NumberOf(ReadOnlySpan<char> tag)
    {
        if (tag.IsEmpty) return Missing;
        if (!_isClosed) return _numbers.NumberOf(tag);
        return _numbers.Find(tag) is >= 0 and var number ? number : Unseen;
    }

    /// <summary>Returns the tags in the order of their numbers.</summary>
    public KeyValues ToKeyValues() => KeyValues.OfTexts(_numbers.All);
}
