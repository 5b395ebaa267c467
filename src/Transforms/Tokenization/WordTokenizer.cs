using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlNetRnn.Tokenization;

/// <summary>
/// Splits a text into words and symbols. docs/model-format.md states the rules, so that another language can follow them; a test compares both.
/// </summary>
/// <param name="rules">The version of the rules, which a model file states: 1 for models of format 1, 2 or 3 for later ones.</param>
internal sealed class WordTokenizer(int rules)
{
    /// <summary>The version for new models.</summary>
    public const int CurrentRules = 3;

    /// <summary>Separates words, without width: U+200B.</summary>
    private const char ZeroWidthSpace = '\u200B';

    /// <summary>Join letters or symbols, without width: U+200C and U+200D.</summary>
    internal const char ZeroWidthNonJoiner = '\u200C', ZeroWidthJoiner = '\u200D';

    /// <summary>
    /// The format characters. Of those beyond U+FFFF, the first halves of their surrogate pairs: <see cref="Vanishes"/> then decides by the whole pair.
    /// </summary>
    private static readonly SearchValues<char> MayVanish = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => !char.IsSurrogate(c) && Vanishes(new Rune(c))),
        '\uD804', '\uD80D', '\uD82F', '\uD834', '\uDB40',
    ]);

    /// <summary>Whether format characters separate words (version 1). Between two letters, they are part of the word.</summary>
    private readonly bool _isFirst = rules == 1;

    /// <exception cref="FormatException">The version is unknown: the model was saved by a newer version of the library.</exception>
    public static void RequireKnown(int rules)
    {
        if (rules is < 1 or > CurrentRules)
        {
            throw new FormatException(
                $"Tokenizer: expected rules for words of a version from 1 to {CurrentRules}, got {rules}. "
                + "Load the model with the version of MlNetRnn that saved it, or with a later one.");
        }
    }

    public void Tokenize(ReadOnlySpan<char> text, TokenAction add)
    {
        if (_isFirst || !text.ContainsAny(MayVanish))
        {
            Split(text, add);
            return;
        }
        char[] left = ArrayPool<char>.Shared.Rent(text.Length);
        int[] places = ArrayPool<int>.Shared.Rent(text.Length);
        int count = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = TextRunes.Length(text[at..], out Rune rune);
            // Halves of surrogate pairs must not become a pair because the character between them vanishes.
            bool isHalf = length == 1 && char.IsSurrogate(text[at]);
            for (int i = 0; i < length && !Vanishes(rune); i++) (left[count], places[count++]) = (isHalf ? '\uFFFD' : text[at + i], at + i);
            at += length;
        }
        Split(left.AsSpan(0, count), (token, start, length) => add(token, places[start], places[start + length - 1] + 1 - places[start]));
        ArrayPool<char>.Shared.Return(left);
        ArrayPool<int>.Shared.Return(places);
    }

    private void Split(ReadOnlySpan<char> text, TokenAction add)
    {
        for (int at = 0; at < text.Length;)
        {
            ReadOnlySpan<char> rest = text[at..];
            int length = TextRunes.Length(rest, out Rune first);
            if (!IsSpace(first) && !IsInvisible(first))
            {
                length = BeginsWord(first) ? length + WordTail(rest[length..]) : SymbolLength(rest, length, first);
                add(rest[..length], at, length);
            }
            at += length;
        }
    }

    /// <summary>Returns how many additional characters belong to a word that has begun.</summary>
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

    /// <summary>Returns the length of the symbol that a text begins with: a whole grapheme cluster, such as an emoji with its skin tone, or a flag.</summary>
    private int SymbolLength(ReadOnlySpan<char> text, int firstLength, Rune first) => rules >= 3
        ? text[..StringInfo.GetNextTextElementLength(text)].TrimEnd([ZeroWidthNonJoiner, ZeroWidthJoiner]).Length
        : firstLength + EarlierSymbols.Tail(text[firstLength..], first, this, hasFlags: !_isFirst);

    internal bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || !_isFirst && rune.Value == ZeroWidthSpace;

    private bool IsInvisible(Rune rune) => _isFirst
        ? Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        : rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner || IsTag(rune);

    /// <summary>Returns whether a character has no meaning for a word: soft hyphens, word joiners, byte-order marks, direction marks.</summary>
    private static bool Vanishes(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && rune.Value is not (ZeroWidthSpace or ZeroWidthNonJoiner or ZeroWidthJoiner) && !IsTag(rune);

    internal static bool BeginsWord(Rune rune) =>
        (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation) && !IsWrittenWithoutSpaces(rune);

    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Returns whether a character is a tag: behind a black flag, tags name a region (England, Scotland, Wales).</summary>
    internal static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= 0xE007F;

    /// <summary>Thai to Khmer, kana, bopomofo and the Han ideographs with their extensions.</summary>
    internal static bool IsWrittenWithoutSpaces(Rune rune) => rune.Value
        is >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF
        or >= 0x3040 and <= 0x31FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
