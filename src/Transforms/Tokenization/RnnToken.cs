namespace MlNetRnn;

/// <summary>A token of a text and where it stands.</summary>
/// <param name="Text">The token, without the invisible characters that the tokenization leaves out.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 characters, from 0.</param>
/// <param name="Length">How many UTF-16 characters of the text it covers.</param>
public readonly record struct RnnToken(string Text, int Start, int Length)
{
    /// <summary>Where it ends in the text: the first character behind it.</summary>
    public int End => Start + Length;
}
