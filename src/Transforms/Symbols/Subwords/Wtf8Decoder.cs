using System.Text;

namespace MlNetRnn.Symbols;

/// <summary>
/// Converts the bytes of <see cref="Wtf8"/> to text one by one. Bytes that are not UTF-8, which a model can generate, become U+FFFD in the way of .NET and
/// of browsers: one for each longest beginning of a character. Not thread-safe.
/// </summary>
internal struct Wtf8Decoder
{
    private int _codePoint, _missing;
    private byte _least = 0x80, _greatest = 0xBF;       // of the next byte

    public Wtf8Decoder()
    {
    }

    public void Append(byte value, StringBuilder text)
    {
        if (_missing > 0)
        {
            if (value >= _least && value <= _greatest)
            {
                (_least, _greatest) = (0x80, 0xBF);
                _codePoint = _codePoint << 6 | value & 0x3F;
                if (--_missing == 0) AppendCodePoint(text);
                return;
            }
            Flush(text);
        }
        Begin(value, text);
    }

    /// <summary>Appends U+FFFD if the bytes end within a character.</summary>
    public void Flush(StringBuilder text)
    {
        if (_missing > 0) text.Append(SymbolCodec.UnknownCharacter);
        this = new Wtf8Decoder();
    }

    public readonly void Save(BinaryWriter writer)
    {
        writer.Write(_codePoint);
        writer.Write((byte)_missing);
        writer.Write(_least);
        writer.Write(_greatest);
    }

    /// <exception cref="FormatException">The bytes are not a state of a decoder.</exception>
    public void Restore(BinaryReader reader)
    {
        (_codePoint, _missing, _least, _greatest) = (reader.ReadInt32(), reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
        bool isPossible = _missing <= 3 && _codePoint >= 0 && _codePoint < 1 << 21 - 6 * _missing && _least >= 0x80 && _greatest <= 0xBF;
        if (!isPossible)
            throw new FormatException("Text state: expected the beginning of a character, got other bytes. Use a state that was saved with this model.");
    }

    private void Begin(byte value, StringBuilder text)
    {
        switch (value)
        {
            case < 0x80:
                text.Append((char)value);
                break;
            case >= 0xC2 and <= 0xDF:
                (_missing, _codePoint) = (1, value & 0x1F);
                break;
            case >= 0xE0 and <= 0xEF:       // the range of ED is not restricted: it begins the halves of surrogate pairs
                (_missing, _codePoint) = (2, value & 0x0F);
                if (value == 0xE0) _least = 0xA0;
                break;
            case >= 0xF0 and <= 0xF4:
                (_missing, _codePoint) = (3, value & 0x07);
                if (value == 0xF0) _least = 0x90;
                if (value == 0xF4) _greatest = 0x8F;
                break;
            default:
                text.Append(SymbolCodec.UnknownCharacter);
                break;
        }
    }

    private readonly void AppendCodePoint(StringBuilder text)
    {
        if (Rune.TryCreate(_codePoint, out Rune rune)) text.Append(rune);
        else text.Append((char)_codePoint);
    }
}
