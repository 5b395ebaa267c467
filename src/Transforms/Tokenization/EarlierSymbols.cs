using System.Text;

namespace MlNetRnn.Tokenization;

/// <summary>
/// Where a symbol ends by versions 1 and 2 of the rules for words, before the grapheme clusters of .NET took over. Models that were trained with them keep
/// their tokens.
/// </summary>
internal static class EarlierSymbols
{
    /// <summary>
    /// Returns how many additional characters belong to a symbol: the second half of a flag, marks, skin tones, tags, and what a zero-width joiner adds to an
    /// emoji.
    /// </summary>
    /// <param name="rest">The text after the first code point of the symbol.</param>
    /// <param name="first">The first code point.</param>
    /// <param name="words">The tokenizer.</param>
    /// <param name="hasFlags">Whether flags are whole, as in version 2.</param>
    public static int Tail(ReadOnlySpan<char> rest, Rune first, WordTokenizer words, bool hasFlags)
    {
        int end = 0;
        if (hasFlags && IsRegionalIndicator(first) && rest.Length > 0)
        {
            int half = TextRunes.Length(rest, out Rune second);
            if (IsRegionalIndicator(second)) end = half;
        }
        while (end < rest.Length)
        {
            int length = TextRunes.Length(rest[end..], out Rune rune);
            if (WordTokenizer.IsMark(rune) || IsSkinTone(rune) || hasFlags && WordTokenizer.IsTag(rune))
            {
                end += length;
                continue;
            }
            if (rune.Value != WordTokenizer.ZeroWidthJoiner || end + length >= rest.Length) break;
            int joined = TextRunes.Length(rest[(end + length)..], out Rune next);
            if (words.IsSpace(next) || WordTokenizer.BeginsWord(next)) break;
            end += length + joined;
        }
        return end;
    }

    private static bool IsSkinTone(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF;

    /// <summary>Two of them are the flag of a country.</summary>
    private static bool IsRegionalIndicator(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;
}
