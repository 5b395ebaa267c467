using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlNetRnn.Transforms.Tests.Sequences;

/// <summary>
/// The rules of the tokenization "Word" as docs/model-format.md states them, written from that page alone: each code point becomes a letter for its class, and a regular expression over those
/// finds the tokens. An application in another language that feeds an exported graph does the same.
/// </summary>
internal static class DocumentedWords
{
    private static readonly Regex Token = new("L(?:L|M|[JNZT](?=L))*|(?:RR|[^WLNZT])(?:M|K|T|Z[^WL])*");

    public static IEnumerable<string> Of(string text)
    {
        Rune[] left = [.. text.EnumerateRunes().Where(rune => ClassOf(rune) != '-')];
        string classes = string.Concat(left.Select(ClassOf));
        return Token.Matches(classes).Select(match => string.Concat(left[match.Index..(match.Index + match.Length)].Select(rune => rune.ToString())));
    }

    private static char ClassOf(Rune rune)
    {
        int c = rune.Value;
        if (c == 0x200B || Rune.IsWhiteSpace(rune)) return 'W';
        if (c == 0x200C) return 'N';
        if (c == 0x200D) return 'Z';
        if (c is >= 0xE0020 and <= 0xE007F) return 'T';
        if (c is >= 0x1F3FB and <= 0x1F3FF) return 'K';
        if (c is >= 0x1F1E6 and <= 0x1F1FF) return 'R';
        if (c is '\'' or 0x2019 or '-') return 'J';
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format:
                return '-';
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                return 'M';
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation:
                bool isWrittenWithoutSpaces = c is >= 0xE00 and <= 0xEFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF or >= 0x3040 and <= 0x31FF
                    or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
                return isWrittenWithoutSpaces ? 'S' : 'L';
            default:
                return 'S';
        }
    }
}
