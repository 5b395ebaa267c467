using System.Buffers;
using System.Text;

namespace MlNetRnn.Tokenization;

/// <summary>Reads a text code point by code point.</summary>
internal static class TextRunes
{
    /// <summary>Returns the length of the first code point in UTF-16 units. A lone surrogate has length 1 and the replacement character as its rune.</summary>
    public static int Length(ReadOnlySpan<char> text, out Rune rune)
    {
        OperationStatus status = Rune.DecodeFromUtf16(text, out rune, out int length);
        return status == OperationStatus.Done ? length : 1;
    }
}
