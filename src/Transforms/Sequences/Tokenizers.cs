using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlNetRnn.Sequences;

/// <summary>Receives the tokens of one text, in order. The span is only valid during the call.</summary>
internal delegate void TokenAction(ReadOnlySpan<char> token);

/// <summary>Cuts a text into tokens.</summary>
internal delegate void Tokenizer(ReadOnlySpan<char> text, TokenAction add);

/// <summary>The one door from a <see cref="RnnTokenization"/> to the code that does it.</summary>
internal static class Tokenizers
{
    private const int ZeroWidthJoiner = 0x200D;

    private static readonly Dictionary<RnnTokenization, Tokenizer> ByName = new()
    {
        [RnnTokenization.Word] = Words,
        [RnnTokenization.Whitespace] = Whitespace,
        [RnnTokenization.Character] = Characters,
    };

    public static Tokenizer Get(RnnTokenization tokenization) => ByName[tokenization];

    private static void Whitespace(ReadOnlySpan<char> text, TokenAction add)
    {
        int start = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                add(text[start..i]);
                start = -1;
            }
        }
        if (start >= 0) add(text[start..]);
    }

    private static void Characters(ReadOnlySpan<char> text, TokenAction add)
    {
        while (!text.IsEmpty) add(Take(ref text, RuneLength(text, out _)));
    }

    private static void Words(ReadOnlySpan<char> text, TokenAction add)
    {
        while (!text.IsEmpty)
        {
            int length = RuneLength(text, out Rune first);
            if (Rune.IsWhiteSpace(first) || IsInvisible(first))
            {
                text = text[length..];
                continue;
            }
            length += BeginsWord(first) ? WordTail(text[length..]) : SymbolTail(text[length..]);
            add(Take(ref text, length));
        }
    }

    /// <summary>How many further characters belong to a word that has begun.</summary>
    private static int WordTail(ReadOnlySpan<char> rest)
    {
        int end = 0;
        while (end < rest.Length)
        {
            int length = RuneLength(rest[end..], out Rune rune);
            if (BeginsWord(rune) || IsMark(rune))
            {
                end += length;
                continue;
            }
            // An apostrophe, a hyphen or an invisible joiner between two letters belongs to the word: don't, e-mail, می‌خواهم.
            bool joins = (rune.Value is '\'' or '’' or '-' || IsInvisible(rune)) && end + length < rest.Length;
            if (!joins) break;
            RuneLength(rest[(end + length)..], out Rune next);
            if (!BeginsWord(next)) break;
            end += length;
        }
        return end;
    }

    /// <summary>How many further characters belong to a symbol: marks, skin tones, and what a zero-width joiner adds to an emoji.</summary>
    private static int SymbolTail(ReadOnlySpan<char> rest)
    {
        int end = 0;
        while (end < rest.Length)
        {
            int length = RuneLength(rest[end..], out Rune rune);
            if (IsMark(rune) || rune.Value is >= 0x1F3FB and <= 0x1F3FF)
            {
                end += length;
                continue;
            }
            if (rune.Value != ZeroWidthJoiner || end + length >= rest.Length) break;
            int joined = RuneLength(rest[(end + length)..], out Rune next);
            if (Rune.IsWhiteSpace(next) || BeginsWord(next)) break;
            end += length + joined;
        }
        return end;
    }

    private static bool BeginsWord(Rune rune) =>
        (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation) && !IsWrittenWithoutSpaces(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Format characters: joiners, soft hyphens, byte-order marks, direction marks.</summary>
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    /// <summary>Thai to Khmer, kana, bopomofo and the Han ideographs with their extensions.</summary>
    private static bool IsWrittenWithoutSpaces(Rune rune) => rune.Value
        is >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF
        or >= 0x3040 and <= 0x31FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    /// <summary>The length in UTF-16 units of the first code point; a lone surrogate counts as one unit.</summary>
    private static int RuneLength(ReadOnlySpan<char> text, out Rune rune)
    {
        OperationStatus status = Rune.DecodeFromUtf16(text, out rune, out int length);
        return status == OperationStatus.Done ? length : 1;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, int length)
    {
        ReadOnlySpan<char> token = text[..length];
        text = text[length..];
        return token;
    }
}
