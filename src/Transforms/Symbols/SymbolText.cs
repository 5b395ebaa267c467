using System.Globalization;
using System.Text;

namespace MlNetRnn.Symbols;

/// <summary>
/// The text of symbols while they are generated. Each symbol adds the text that is final by then: whole graphemes (user-perceived characters). The last
/// grapheme is held back until the next one begins, because a combining mark or the rest of a character in UTF-8 may follow. The pieces concatenate to the
/// text that <see cref="SymbolCodec.Decode"/> returns. Not thread-safe.
/// </summary>
/// <param name="decoder">The decoder, which may have read a prompt.</param>
internal sealed class SymbolText(SymbolDecoder decoder)
{
    /// <summary>
    /// The maximum number of UTF-16 characters that are held back. A longer grapheme (hundreds of combining marks) is returned in parts, so that memory and
    /// time per symbol stay bounded.
    /// </summary>
    public const int MaximumHeld = 256;

    private readonly StringBuilder _held = new();

    /// <summary>Reads the next symbol and returns the text that is final now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The symbol is not one of the model.</exception>
    public string Append(int symbol)
    {
        decoder.Append(symbol, _held);
        if (_held.Length == 0) return "";
        string text = _held.ToString();
        int final = FinalLength(text);
        _held.Remove(0, final);
        return text[..final];
    }

    /// <summary>Returns the rest of the text. The next symbol begins a new text.</summary>
    public string Flush()
    {
        decoder.Flush(_held);
        string rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    private static int FinalLength(ReadOnlySpan<char> text)
    {
        // The second half of a surrogate pair may follow, and may belong to the grapheme before the first half.
        int known = char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
        int last = 0;
        for (int at = 0; at < known;)
        {
            last = at;
            at += StringInfo.GetNextTextElementLength(text[at..known]);
        }
        return known - last >= MaximumHeld ? known : last;
    }
}
