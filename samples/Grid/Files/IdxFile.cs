using System.Buffers.Binary;
using System.IO.Compression;

namespace MlNetRnn.Samples.Grid;

/// <summary>
/// A file in the IDX format of MNIST, which may be compressed with gzip: two zeros, the type of the numbers (8: bytes), the number of dimensions, each size as
/// four bytes with the highest first, then the numbers.
/// </summary>
internal sealed class IdxFile
{
    private const byte Bytes = 8;

    private readonly byte[] _content;
    private readonly int _start;

    /// <param name="file">The file.</param>
    /// <param name="dimensions">The expected number of dimensions: 3 for images, 1 for labels.</param>
    /// <exception cref="FileException">The file is not of this format.</exception>
    public IdxFile(FileInfo file, int dimensions)
    {
        if (!file.Exists) throw new FileException($"{file}: there is no such file");
        _content = Read(file);
        if (_content.Length < 4 || _content[0] != 0 || _content[1] != 0)
            throw new FileException($"{file}: expected a file in the IDX format, which begins with two zeros, got something else.");
        if (_content[2] != Bytes) throw new FileException($"{file}: expected numbers of type 8 (bytes), got type {_content[2]}.");
        if (_content[3] != dimensions)
            throw new FileException($"{file}: expected {dimensions} dimensions ({(dimensions == 3 ? "images" : "labels")}), got {_content[3]}. "
                + "Give images with --images and labels with --labels.");
        _start = 4 + 4 * dimensions;
        if (_content.Length < _start) throw new FileException($"{file}: expected the sizes of {dimensions} dimensions, got the end of the file.");
        Sizes = [.. Enumerable.Range(0, dimensions).Select(i => BinaryPrimitives.ReadUInt32BigEndian(_content.AsSpan(4 + 4 * i)))];
        UInt128 expected = Sizes.Aggregate(UInt128.One, (product, size) => product * size), got = (UInt128)(_content.Length - _start);
        if (expected != got) throw new FileException($"{file}: expected {string.Join(" × ", Sizes)} = {expected} bytes, got {got}. The file is damaged.");
    }

    /// <summary>The size of each dimension.</summary>
    public uint[] Sizes { get; }

    /// <summary>Returns the numbers with a first index.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int size = (int)Sizes.Skip(1).Aggregate(1u, (product, length) => product * length);
            return _content.AsSpan(_start + index * size, size);
        }
    }

    private static byte[] Read(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        bool isCompressed = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        using Stream content = isCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var memory = new MemoryStream();
        try
        {
            content.CopyTo(memory);
        }
        catch (InvalidDataException e)
        {
            throw new FileException($"{file}: expected a complete gzip file, got a damaged one ({e.Message})");
        }
        return memory.ToArray();
    }
}
