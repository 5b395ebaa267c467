using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlNetRnn.Tokenization;

/// <summary>
/// Cuts a text into words and symbols. docs/model-format.md states the rules, so that they can be followed in another language; a test holds both together.
/// </summary>
/// <param name="rules">The version of the rules, which a model file states: 1 for models of format 1, else 2.</param>
internal sealed class WordTokenizer(int rules)
{
    /// <summary>The version that new models are trained with.</summary>
    public const int CurrentRules = 2;

    private const int ZeroWidthSpace = 0x200B, ZeroWidthNonJoiner = 0x200C, ZeroWidthJoiner = 0x200D;

    /// <summary>The format characters, and for those beyond the first 65,536 the first halves of their surrogate pairs: whether one is there is looked at again.</summary>
    private static readonly SearchValues<char> MayVanish = SearchValues.Create(
        [.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ((char)ZeroWidthSpace or (char)ZeroWidthNonJoiner or (char)ZeroWidthJoiner)),
         '\uD804', '\uD80D', '\uD82F', '\uD834', '\uDB40']);

    /// <summary>In the first version, every format character separates words unless it stands between two letters, and is then a part of the token.</summary>
    private readonly bool _isFirst = rules == 1;

    public void Tokenize(ReadOnlySpan<char> text, TokenAction add)
    {
        if (_isFirst || !text.ContainsAny(MayVanish))
        {
            Cut(text, add);
            return;
        }
        char[] left = ArrayPool<char>.Shared.Rent(text.Length);
        int[] places = ArrayPool<int>.Shared.Rent(text.Length);
        int count = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = TextRunes.Length(text[at..], out Rune rune);
            // Halves of surrogate pairs must not become a pair because what stands between them vanishes.
            bool isHalf = length == 1 && char.IsSurrogate(text[at]);
            for (int i = 0; i < length && !Vanishes(rune); i++) (left[count], places[count++]) = (isHalf ? '\uFFFD' : text[at + i], at + i);
            at += length;
        }
        Cut(left.AsSpan(0, count), (token, start, length) => add(token, places[start], places[start + length - 1] + 1 - places[start]));
        ArrayPool<char>.Shared.Return(left);
        ArrayPool<int>.Shared.Return(places);
    }

    private void Cut(ReadOnlySpan<char> text, TokenAction add)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = TextRunes.Length(text[at..], out Rune first);
            if (!IsSpace(first) && !IsInvisible(first))
            {
                length += BeginsWord(first) ? WordTail(text[(at + length)..]) : SymbolTail(text[(at + length)..], first);
                add(text.Slice(at, length), at, length);
            }
            at += length;
        }
    }

    /// <summary>How many additional characters belong to a word that has begun.</summary>
    private int WordTail(ReadOnlySpan<char> rest)
    {
        int end = 0;
        while (end < rest.Length)
        {
            int length = TextRunes.Length(rest[end..], out Rune rune);
            if (BeginsWord(rune) || IsMark(rune))
            {
                end += length;
                continue;
            }
            // An apostrophe, a hyphen or an invisible joiner between two letters belongs to the word: don't, e-mail, می‌خواهم.
            bool joins = (rune.Value is '\'' or '’' or '-' || IsInvisible(rune)) && end + length < rest.Length;
            if (!joins) break;
            TextRunes.Length(rest[(end + length)..], out Rune next);
            if (!BeginsWord(next)) break;
            end += length;
        }
        return end;
    }

    /// <summary>How many additional characters belong to a symbol: the second half of a flag, marks, skin tones, tags, and what a zero-width joiner adds to an emoji.</summary>
    private int SymbolTail(ReadOnlySpan<char> rest, Rune first)
    {
        int end = 0;
        if (!_isFirst && IsRegionalIndicator(first) && rest.Length > 0 && TextRunes.Length(rest, out Rune second) is var half && IsRegionalIndicator(second)) end = half;
        while (end < rest.Length)
        {
            int length = TextRunes.Length(rest[end..], out Rune rune);
            if (IsMark(rune) || rune.Value is >= 0x1F3FB and <= 0x1F3FF || !_isFirst && IsTag(rune))
            {
                end += length;
                continue;
            }
            if (rune.Value != ZeroWidthJoiner || end + length >= rest.Length) break;
            int joined = TextRunes.Length(rest[(end + length)..], out Rune next);
            if (IsSpace(next) || BeginsWord(next)) break;
            end += length + joined;
        }
        return end;
    }

    private bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || !_isFirst && rune.Value == ZeroWidthSpace;

    private bool IsInvisible(Rune rune) => _isFirst
        ? Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        : rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner || IsTag(rune);

    /// <summary>Soft hyphens, word joiners, byte-order marks, direction marks: what has no meaning for a word.</summary>
    private static bool Vanishes(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && rune.Value is not (ZeroWidthSpace or ZeroWidthNonJoiner or ZeroWidthJoiner) && !IsTag(rune);

    private static bool BeginsWord(Rune rune) =>
        (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation) && !IsWrittenWithoutSpaces(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Two of them are the flag of a country.</summary>
    private static bool IsRegionalIndicator(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    /// <summary>Behind a black flag they name a region: England, Scotland, Wales.</summary>
    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= 0xE007F;

    /// <summary>Thai to Khmer, kana, bopomofo and the Han ideographs with their extensions.</summary>
    private static bool IsWrittenWithoutSpaces(Rune rune) => rune.Value
        is >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF
        or >= 0x3040 and <= 0x31FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
