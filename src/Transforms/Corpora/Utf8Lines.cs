using System.Text;

namespace MlNetRnn.Corpora;

/// <summary>
/// Cuts a stream into lines. It is done by bytes, because a StreamReader that meets invalid UTF-8 cannot tell on which line. Lines end with a line
/// feed, with or without a carriage return before it; the last one may end with nothing.
/// </summary>
internal static class Utf8Lines
{
    private const int BufferSize = 1 << 16;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines without their ends, a byte-order mark left out; null in the place of a line that is not UTF-8.</summary>
    public static IEnumerable<string?> Read(Stream stream)
    {
        var buffer = new byte[BufferSize];
        int start = 0, filled = 0;
        bool isFirst = true;
        while (true)
        {
            int length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if (length < 0)
            {
                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                (start, filled) = (0, filled - start);
                if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
                int read = stream.Read(buffer, filled, buffer.Length - filled);
                filled += read;
                if (read > 0) continue;
                if (filled == 0) yield break;
                length = filled;
            }
            yield return Decode(buffer.AsSpan(start, length), isFirst);
            (start, isFirst) = (Math.Min(start + length + 1, filled), false);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> line, bool isFirst)
    {
        if (isFirst && line.StartsWith(Encoding.UTF8.Preamble)) line = line[Encoding.UTF8.Preamble.Length..];
        if (line.EndsWith("\r"u8)) line = line[..^1];
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
