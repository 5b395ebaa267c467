using System.Globalization;
using System.Text;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Symbols;

/// <summary>
/// Divides a text into the pieces within which subwords are formed. A piece is a run of letters, digits, white space or other characters; marks belong to
/// what precedes them. One blank belongs to the run that follows it. The pieces concatenate to the text.
/// </summary>
internal static class SubwordPieces
{
    /// <summary>
    /// The maximum number of UTF-16 characters of a piece. Longer runs are divided, so that the time to encode a text is linear in its length. Model files
    /// depend on this number and on the rules of this class.
    /// </summary>
    public const int MaximumLength = 128;

    private enum Kind
    {
        Letter, Digit, Space, Other,
    }

    /// <summary>Returns the length of the first piece of a text, which is not empty.</summary>
    public static int NextLength(ReadOnlySpan<char> text)
    {
        int begin = text[0] == ' ' && text.Length > 1 && KindAt(text[1..], out _) != Kind.Space ? 1 : 0;
        Kind kind = KindAt(text[begin..], out int length);
        int end = begin + length;
        while (end < text.Length)
        {
            Kind next = KindAt(text[end..], out length, kind);
            if (next != kind || end + length > MaximumLength) break;
            end += length;
        }
        // The last blank of several belongs to the run that follows.
        bool leavesBlank = kind == Kind.Space && end > 1 && end < text.Length && text[end - 1] == ' ' && KindAt(text[end..], out _) != Kind.Space;
        return leavesBlank ? end - 1 : end;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, out int length, Kind previous = Kind.Other)
    {
        length = TextRunes.Length(text, out Rune rune);
        if (rune.IsAscii)
        {
            return char.IsAsciiLetter((char)rune.Value) ? Kind.Letter
                : char.IsAsciiDigit((char)rune.Value) ? Kind.Digit
                : Rune.IsWhiteSpace(rune) ? Kind.Space : Kind.Other;
        }
        if (Rune.IsWhiteSpace(rune)) return Kind.Space;
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return category switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            <= UnicodeCategory.EnclosingMark => previous == Kind.Space ? Kind.Other : previous,
            <= UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }
}
