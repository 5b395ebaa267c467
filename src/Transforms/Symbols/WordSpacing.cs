using System.Globalization;
using System.Text;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Symbols;

/// <summary>
/// Decides where a text has a blank between words: not before closing punctuation, not after opening punctuation, and not between characters of scripts that
/// are written without spaces. Straight double quotes open and close alternately. The original spacing is lost ("3.14" becomes "3. 14"). Not thread-safe.
/// </summary>
internal sealed class WordSpacing
{
    private const string Closing = ".,;:!?%…‰′″。、，．：；？！", Opening = "¿¡#$£€";

    private bool _wantsBlank, _isWithoutSpaces, _isQuoted;

    /// <summary>Returns whether a blank precedes a word, which becomes the previous word.</summary>
    public bool NeedsBlankBefore(string word)
    {
        TextRunes.Length(word, out Rune first);
        Rune.DecodeLastFromUtf16(word, out Rune last, out _);
        bool isQuote = word == "\"";
        bool closes = isQuote ? _isQuoted : word.Length > 0 && IsClosing(first);
        bool opens = isQuote ? !_isQuoted : word.Length > 0 && IsOpening(last);
        bool needsBlank = _wantsBlank && !closes && !(_isWithoutSpaces && WordTokenizer.IsWrittenWithoutSpaces(first));
        _wantsBlank = !opens;
        _isWithoutSpaces = WordTokenizer.IsWrittenWithoutSpaces(last);
        _isQuoted ^= isQuote;
        return needsBlank;
    }

    public void Reset() => _wantsBlank = _isWithoutSpaces = _isQuoted = false;

    /// <summary>Notes that there is a blank before the next word.</summary>
    public void SkipBlank() => _wantsBlank = false;

    public void Save(BinaryWriter writer)
    {
        writer.Write(_wantsBlank);
        writer.Write(_isWithoutSpaces);
        writer.Write(_isQuoted);
    }

    public void Restore(BinaryReader reader) => (_wantsBlank, _isWithoutSpaces, _isQuoted) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());

    private static bool IsClosing(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation || IsOneOf(Closing, rune);

    private static bool IsOpening(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation || IsOneOf(Opening, rune);

    private static bool IsOneOf(string characters, Rune rune) => rune.IsBmp && characters.Contains((char)rune.Value);
}
