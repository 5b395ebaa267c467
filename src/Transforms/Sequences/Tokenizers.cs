using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlNetRnn.Sequences;

/// <summary>Receives the tokens of one text, in order. The span is only valid during the call.</summary>
internal delegate void TokenAction(ReadOnlySpan<char> token);

/// <summary>Cuts a text into tokens.</summary>
internal delegate void Tokenizer(ReadOnlySpan<char> text, TokenAction add);

/// <summary>The one door from a <see cref="Tokenization"/> to the code that does it.</summary>
internal static class Tokenizers
{
    private static readonly Dictionary<Tokenization, Tokenizer> ByName = new()
    {
        [Tokenization.Word] = Words,
        [Tokenization.Whitespace] = Whitespace,
        [Tokenization.Character] = Characters,
    };

    public static Tokenizer Get(Tokenization tokenization) => ByName[tokenization];

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
            if (Rune.IsWhiteSpace(first))
            {
                text = text[length..];
                continue;
            }
            if (IsWordPart(first) && !IsWrittenWithoutSpaces(first)) length += WordTail(text[length..]);
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
            if (IsWordPart(rune) && !IsWrittenWithoutSpaces(rune))
            {
                end += length;
                continue;
            }
            // An apostrophe or hyphen between two word characters belongs to the word: don't, e-mail, O’Neill.
            bool joins = rune.Value is '\'' or '’' or '-' && end + length < rest.Length;
            if (!joins) break;
            RuneLength(rest[(end + length)..], out Rune next);
            if (!IsWordPart(next) || IsWrittenWithoutSpaces(next)) break;
            end += length;
        }
        return end;
    }

    private static bool IsWordPart(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;

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
