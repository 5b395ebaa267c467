namespace MlNetRnn;

/// <summary>A token of a text, with its position in the text.</summary>
/// <param name="Text">The token, without the invisible characters that the tokenizer leaves out.</param>
/// <param name="Start">The position of the first character of the token, in UTF-16 characters, from 0.</param>
/// <param name="Length">The number of UTF-16 characters of the text that the token covers.</param>
public readonly record struct RnnToken(string Text, int Start, int Length)
{
    /// <summary>The position after the last character of the token, in UTF-16 characters.</summary>
    public int End => Start + Length;
}
