using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;


namespace MlNetRnn.Fitting;

/// <summary>Numbers the tags of a text column as they come, as MapValueToKey does.</summary>
internal sealed class TextTags
{
    /// <summary>A tag of the validation rows that the training data lacks: no answer is right.</summary>
    public const int Unseen = -2;

    private const int Missing = -1;

    private readonly TextNumbers _numbers = new();
    private readonly bool _isClosed;

    /// <param name="known">Tags that come first, in their order; null for none.</param>
    /// <param name="isClosed">Whether no others are taken in.</param>
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

    /// <summary>The tags in the order of their numbers.</summary>
    public KeyValues ToKeyValues() => KeyValues.OfTexts(_numbers.All);
}
