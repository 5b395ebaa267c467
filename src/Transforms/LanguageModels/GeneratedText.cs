using System.Text;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// The text of a sequence while it is generated: whole graphemes, up to a stop sequence. Text that may be the beginning of a stop sequence is held back. Not
/// thread-safe.
/// </summary>
internal sealed class GeneratedText
{
    private readonly SymbolText _graphemes;
    private readonly SymbolDecoder _decoder;
    private readonly ModelTexts _texts;
    private readonly IReadOnlyList<string> _stops;
    private readonly StringBuilder _open = new();
    private int _final;

    /// <param name="texts">The texts of the model.</param>
    /// <param name="stops">The stop sequences.</param>
    /// <param name="before">The state of a decoder after the text before.</param>
    public GeneratedText(ModelTexts texts, IReadOnlyList<string> stops, byte[] before)
    {
        (_graphemes, _decoder, _texts, _stops) = (new SymbolText(Open()), Open(), texts, stops);

        SymbolDecoder Open()
        {
            SymbolDecoder decoder = texts.Codec.OpenDecoder();
            decoder.Restore(before);
            return decoder;
        }
    }

    /// <summary>Whether the text has reached a stop sequence.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Returns the state of the decoder, from which the text can be continued.</summary>
    public byte[] SaveDecoder() => _decoder.Save();

    /// <summary>What the last symbol added, final or not.</summary>
    public string Added { get; private set; } = "";

    /// <summary>Adds a symbol, and returns the text that is final now.</summary>
    public string Append(int symbol)
    {
        int before = _open.Length;
        _texts.Append(_decoder, symbol, _open);
        Added = _open.ToString(before, _open.Length - before);
        bool isLine = symbol == SymbolCodec.Boundary && _texts.IsStream;
        _final += isLine ? _graphemes.Flush().Length + _texts.Boundary.Length : _graphemes.Append(symbol).Length;
        if (_stops.Count == 0) return Take(Math.Min(_final, _open.Length));
        string open = _open.ToString();
        if (FindStop(open) is { } stop)
        {
            IsStopped = true;
            return Take(stop);
        }
        return Take(Math.Min(_final, open.Length - BeginningOfStop(open)));
    }

    /// <summary>Returns the rest of the text at its end; an empty text after a stop sequence.</summary>
    public string Flush()
    {
        if (IsStopped) return "";
        _decoder.Flush(_open);
        return FindStop(_open.ToString()) is { } stop ? Take(stop) : Take(_open.Length);
    }

    private int? FindStop(string text)
    {
        int first = int.MaxValue;
        foreach (string stop in _stops)
            if (text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and var at) first = Math.Min(first, at);
        return first == int.MaxValue ? null : first;
    }

    /// <summary>Returns the length of the longest end of a text that is the beginning of a stop sequence.</summary>
    private int BeginningOfStop(string text)
    {
        int longest = 0;
        foreach (string stop in _stops)
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length))) longest = length;
        return longest;
    }

    private string Take(int length)
    {
        string text = _open.ToString(0, length);
        _open.Remove(0, length);
        _final -= length;
        return text;
    }
}
