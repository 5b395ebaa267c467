using System.Buffers;
using System.Text;

namespace MlNetRnn.Tokenization;

/// <summary>Goes through a text code point by code point.</summary>
internal static class TextRunes
{
    /// <summary>The length in UTF-16 units of the first code point; a lone surrogate counts as one unit.</summary>
    public static int Length(ReadOnlySpan<char> text, out Rune rune)
    {
        OperationStatus status = Rune.DecodeFromUtf16(text, out rune, out int length);
        return status == OperationStatus.Done ? length : 1;
    }
}
