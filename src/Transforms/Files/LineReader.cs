using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MlNetRnn.Files;

/// <summary>
/// A reader of UTF-8 text that returns lines. It reads bytes, because a StreamReader replaces invalid bytes without their position. Lines end with a line feed,
/// with or without a carriage return before it, or all of them with only a carriage return (old Mac). A mixture of the two is rejected: such a carriage return
/// may end a line or belong to a value.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="name">The name of the file, for messages.</param>
/// <param name="replacesInvalid">Whether bytes that are not UTF-8 become U+FFFD instead of an error.</param>
internal sealed class LineReader(Stream stream, string name, bool replacesInvalid = false)
{
    private const int BufferSize = 1 << 16;
    private const string LineFeed = "\n", CarriageReturn = "\r", Both = "\r\n";

    private byte[] _buffer = new byte[BufferSize];
    private int _start, _end, _number;
    private bool _isUtf16, _hasByteOrderMark;

    /// <summary>The line end of the lines so far: a line feed or a carriage return.</summary>
    private string? _lineEnd;

    /// <summary>Reads the lines. Call it once.</summary>
    /// <exception cref="FormatException">A line is not UTF-8 text, or its line end differs from those before it.</exception>
    public IEnumerable<TextLine> Read()
    {
        while (Next() is { } line) yield return line;
    }

    private TextLine? Next()
    {
        _number++;
        for (int searched = 0; ;)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0)
            {
                at += searched;
                // The byte after a carriage return decides whether the line ends with both.
                if (_buffer[_start + at] == '\n' || _start + at + 1 < _end || !Fill()) return Take(at, EndAt(at));
                searched = at;
                continue;
            }
            // Before the line is complete, because a device of zeros never completes a line.
            if (_buffer.AsSpan(_start + searched, _end - _start - searched).Contains((byte)0)) Decode(_buffer.AsSpan(_start, _end - _start));
            searched = _end - _start;
            if (!Fill()) return searched == 0 ? null : Take(searched, "");
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private string EndAt(int at)
    {
        if (_buffer[_start + at] == '\n') return LineFeed;
        int next = _start + at + 1;
        return next < _end && _buffer[next] == '\n' ? Both : CarriageReturn;
    }

    private TextLine Take(int length, string end)
    {
        string text = Decode(_buffer.AsSpan(_start, length));
        string kind = end == CarriageReturn ? CarriageReturn : LineFeed;
        bool isLast = end.Length == 0 || (_start + length + end.Length == _end && end == CarriageReturn && _lineEnd is not null);
        // At the end of the file, a single carriage return is half of a truncated line end.
        if (!isLast && kind != (_lineEnd ??= kind)) throw MixedEnds(text.Length + 1, kind);
        _start += length + end.Length;
        return new TextLine(_number, text, end) { HasByteOrderMark = _number == 1 && _hasByteOrderMark };
    }

    private string Decode(ReadOnlySpan<byte> line)
    {
        if (_number == 1)
        {
            _hasByteOrderMark = line.StartsWith(Encoding.UTF8.Preamble);
            _isUtf16 = line.StartsWith(Encoding.Unicode.Preamble) || line.StartsWith(Encoding.BigEndianUnicode.Preamble);
        }
        // Files that were joined have such marks inside, too.
        if (line.StartsWith(Encoding.UTF8.Preamble)) line = line[Encoding.UTF8.Preamble.Length..];
        char[] chars = ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            bool isValid = Utf8.ToUtf16(line, chars, out int read, out int written, replacesInvalid) == OperationStatus.Done;
            int zero = chars.AsSpan(0, written).IndexOf('\0');
            if (zero >= 0) throw NotText(zero + 1, 0);
            return isValid ? new string(chars, 0, written) : throw NotText(written + 1, line[read]);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private FormatException NotText(int column, byte got)
    {
        string problem = _isUtf16 ? "the file is UTF-16, expected UTF-8. Save it as UTF-8."
            : got == 0 ? "expected UTF-8 text, got a NUL character: the file is UTF-16 or not text. Save it as UTF-8."
            : $"the file is not valid UTF-8 (byte 0x{got:X2}). "
                + "If all of it is in another encoding, convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8";
        return new FormatException($"{name}, line {_number}, column {column}: {problem}");
    }

    private FormatException MixedEnds(int column, string kind) => new(
        $"{name}, line {_number}, column {column}: expected line ends like those before ({Name(_lineEnd!)}), got {Name(kind)}. "
        + "Give all lines the same end; a carriage return inside a value must be removed.");

    private static string Name(string end) => end == CarriageReturn ? "a single carriage return" : "a line feed";
}
