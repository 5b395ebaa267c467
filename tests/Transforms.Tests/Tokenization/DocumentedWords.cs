using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlNetRnn.Transforms.Tests.Sequences;

/// <summary>
/// The rules of the tokenization "Word" in docs/model-format.md, implemented from that page alone: each code point becomes a letter for its class, and regular
/// expressions over those letters find the tokens. An application in another language that runs an exported graph does the same.
/// </summary>
internal static class DocumentedWords
{
    private static readonly Regex Word = new(@"\GL(?:L|M|[JNZT](?=L))*"), Version2 = new("L(?:L|M|[JNZT](?=L))*|(?:RR|[^WLNZT])(?:M|K|T|Z[^WL])*");

    /// <summary>Returns the tokens by the current rules.</summary>
    public static IEnumerable<string> Of(string text)
    {
        Rune[] left = Left(text);
        string classes = string.Concat(left.Select(rune => ClassOf(rune)));
        for (int at = 0, length; at < left.Length; at += length)
        {
            length = 1;
            if ("WNZT".Contains(classes[at])) continue;
            length = classes[at] == 'L' ? Word.Match(classes, at).Length : ClusterLength(left, at);
            yield return Text(left, at, classes.Substring(at, length).TrimEnd('N', 'Z').Length);
        }
    }

    /// <summary>Returns the tokens by version 2 of the rules.</summary>
    public static IEnumerable<string> OfVersion2(string text)
    {
        Rune[] left = Left(text);
        string classes = string.Concat(left.Select(rune => rune.Value switch
        {
            >= 0x1F3FB and <= 0x1F3FF => 'K',
            >= 0x1F1E6 and <= 0x1F1FF => 'R',
            _ => ClassOf(rune),
        }));
        return Version2.Matches(classes).Select(match => Text(left, match.Index, match.Length));
    }

    private static Rune[] Left(string text) => [.. text.EnumerateRunes().Where(rune => ClassOf(rune) != '-')];

    private static string Text(Rune[] runes, int start, int length) => string.Concat(runes[start..(start + length)].Select(rune => rune.ToString()));

    private static int ClusterLength(Rune[] runes, int start)
    {
        string rest = Text(runes, start, runes.Length - start);
        return rest[..StringInfo.GetNextTextElementLength(rest)].EnumerateRunes().Count();
    }

    private static char ClassOf(Rune rune)
    {
        int c = rune.Value;
        if (c == 0x200B || Rune.IsWhiteSpace(rune)) return 'W';
        if (c == 0x200C) return 'N';
        if (c == 0x200D) return 'Z';
        if (c is >= 0xE0020 and <= 0xE007F) return 'T';
        if (c is '\'' or 0x2019 or '-') return 'J';
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format:
                return '-';
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                return 'M';
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation:
                bool isWrittenWithoutSpaces = c is >= 0xE00 and <= 0xEFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF or >= 0x3040 and <= 0x31FF
                    or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
                return isWrittenWithoutSpaces ? 'S' : 'L';
            default:
                return 'S';
        }
    }
}
