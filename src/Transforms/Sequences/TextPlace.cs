namespace MlNetRnn.Sequences;

/// <summary>The position of a token in a text.</summary>
/// <param name="Start">The position of the first character, in UTF-16 characters.</param>
/// <param name="Length">The number of UTF-16 characters.</param>
internal readonly record struct TextPlace(int Start, int Length)
{
    public int End => Start + Length;
}
