using System.Buffers;
using System.Text.Unicode;

namespace MlNetRnn.Symbols;

/// <summary>
/// UTF-8 for every .NET string: the half of a surrogate pair without its partner has three bytes, as in WTF-8 (Sapin, 2018). UTF-8 has no form for it.
/// </summary>
internal static class Wtf8
{
    /// <summary>The maximum number of bytes of a UTF-16 character.</summary>
    public const int MaximumBytes = 3;

    /// <summary>Writes the bytes of a text and returns their number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Receives the bytes; has room for <see cref="MaximumBytes"/> per character.</param>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int count = 0;
        while (true)
        {
            OperationStatus status = Utf8.FromUtf16(text, bytes[count..], out int read, out int written, replaceInvalidSequences: false);
            count += written;
            if (status == OperationStatus.Done) return count;
            char half = text[read];
            bytes[count++] = (byte)(0xE0 | half >> 12);
            bytes[count++] = (byte)(0x80 | half >> 6 & 0x3F);
            bytes[count++] = (byte)(0x80 | half & 0x3F);
            text = text[(read + 1)..];
        }
    }
}
