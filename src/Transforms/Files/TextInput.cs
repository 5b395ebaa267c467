namespace MlNetRnn.Files;

/// <summary>Text from a stream, such as standard input. Lines are returned as soon as they arrive.</summary>
internal static class TextInput
{
    /// <summary>Opens a stream of text. Gzip data is read to the end and decompressed.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">The name of the stream, for messages.</param>
    /// <exception cref="FormatException">The data is damaged, incomplete or not text.</exception>
    public static LineReader Open(Stream stream, string name)
    {
        var input = new ReplayStream(stream);
        ReadOnlySpan<byte> first = input.Peek(1);
        // An empty line is one byte, and must be returned before a second byte arrives.
        while (first.Length < TextSignature.Length && TextSignature.IsPrefix(first))
        {
            ReadOnlySpan<byte> more = input.Peek(first.Length + 1);
            if (more.Length == first.Length) break;
            first = more;
        }
        TextSignature.RefuseArchive(first, name);
        if (!TextSignature.IsGzip(first)) return new LineReader(input, name);
        var text = new MemoryStream();
        new GzipReader(input, name).CopyTo(text);
        text.Position = 0;
        return new LineReader(text, name);
    }
}
