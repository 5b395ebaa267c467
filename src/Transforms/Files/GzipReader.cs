using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace MlNetRnn.Files;

/// <summary>
/// A stream that decompresses gzip data (RFC 1952) of one or several members and verifies that each member is complete. The GZipStream of .NET ends without an
/// error if the data is truncated, so that a part of a file would be read as the whole file.
/// </summary>
/// <param name="stream">The compressed data; closed with the reader.</param>
/// <param name="name">The name of the file, for messages.</param>
internal sealed class GzipReader(Stream stream, string name) : ForwardStream
{
    private const int HeaderSize = 10, TrailerSize = 8;
    private const byte HasHeaderChecksum = 2, HasExtraField = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;

    private readonly ReplayStream _input = new(stream);
    private DeflateStream? _member;
    private readonly Crc32 _checksum = new();
    private uint _length;

    /// <summary>Reads decompressed bytes.</summary>
    /// <returns>The number of bytes; 0 at the end of the last member.</returns>
    /// <exception cref="FormatException">The data is damaged or incomplete.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_member is not null || TryOpen())
        {
            int read;
            try
            {
                read = _member!.Read(buffer);
            }
            catch (InvalidDataException)
            {
                throw Damaged("data that cannot be decompressed");
            }
            _checksum.Append(buffer[..read]);
            _length += (uint)read;
            if (read > 0) return read;
            CloseMember();
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Opens the next member, if any. As in the gzip program, zeros may follow a member.</summary>
    private bool TryOpen()
    {
        while (_input.Peek(1) is { Length: > 0 } next && next[0] == 0) _input.Skip(1);
        if (_input.Peek(1).IsEmpty) return false;
        SkipHeader();
        _member = new DeflateStream(_input, CompressionMode.Decompress, leaveOpen: true);
        _checksum.Reset();
        _length = 0;
        return true;
    }

    private void SkipHeader()
    {
        ReadOnlySpan<byte> header = _input.Peek(HeaderSize);
        if (header.Length < HeaderSize) throw Damaged("an incomplete header");
        byte flags = header[3];
        if (!TextSignature.IsGzip(header) || header[2] != 8 || (flags & Reserved) != 0) throw Damaged("data that is not gzip");
        _input.Skip(HeaderSize);
        if ((flags & HasExtraField) != 0) Skip(BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
        if ((flags & HasName) != 0) SkipText();
        if ((flags & HasComment) != 0) SkipText();
        if ((flags & HasHeaderChecksum) != 0) Skip(2);
    }

    /// <summary>
    /// Verifies the trailer. Its position is unknown, but its eight bytes are known, and they are in or after the last piece that was decompressed.
    /// </summary>
    private void CloseMember()
    {
        Span<byte> trailer = stackalloc byte[TrailerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        int searched = _input.StepBack() + TrailerSize;
        ReadOnlySpan<byte> rest = _input.Peek(searched);
        int at = rest[..Math.Min(searched, rest.Length)].IndexOf(trailer);
        if (at < 0) throw Damaged("data that ends too early or does not match its checksum");
        _input.Skip(at + TrailerSize);
        _member!.Dispose();
        _member = null;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> bytes = _input.Peek(count);
        if (bytes.Length < count) throw Damaged("an incomplete header");
        _input.Skip(count);
        return bytes[..count];
    }

    private void Skip(int count)
    {
        for (; count > 0; count--) Take(1);
    }

    private void SkipText()
    {
        while (Take(1)[0] != 0)
        {
        }
    }

    private FormatException Damaged(string got) =>
        new($"{name}: expected a complete gzip file, got {got}. "
            + "The file is damaged or was cut off; copy or download it again (gzip -t checks it).");
}
