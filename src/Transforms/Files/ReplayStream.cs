namespace MlNetRnn.Files;

/// <summary>
/// A stream over another stream that can peek at bytes and return to the beginning of the last piece that was read. A decompressor reads more than it needs and
/// does not report how much more.
/// </summary>
/// <param name="stream">The other stream; closed with this one.</param>
internal sealed class ReplayStream(Stream stream) : ForwardStream
{
    private const int BufferSize = 1 << 16;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start, _end, _piece;

    public override int Read(Span<byte> buffer)
    {
        // At most half of the buffer: the piece and the bytes after it must fit in together.
        ReadOnlySpan<byte> next = Peek(1);
        _piece = Math.Min(Math.Min(next.Length, buffer.Length), BufferSize / 2);
        next[.._piece].CopyTo(buffer);
        _start += _piece;
        return _piece;
    }

    /// <summary>Returns to the beginning of the piece that was read last.</summary>
    /// <returns>The length of the piece.</returns>
    public int StepBack()
    {
        int length = _piece;
        (_start, _piece) = (_start - length, 0);
        return length;
    }

    /// <summary>Returns the next bytes without consuming them: at least <paramref name="count"/>, or all remaining bytes.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) break;
            _end += read;
        }
        return _buffer.AsSpan(_start, _end - _start);
    }

    /// <summary>Consumes bytes that <see cref="Peek"/> returned.</summary>
    public void Skip(int count) => _start += count;

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }
}
