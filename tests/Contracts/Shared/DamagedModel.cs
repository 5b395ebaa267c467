using System.IO.Compression;

namespace MlNetRnn.Contracts;

/// <summary>The parts of a saved model, and copies with damage that the zip format itself does not detect.</summary>
internal static class DamagedModel
{
    public static (string Name, byte[] Content)[] Parts(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => (entry.FullName, Read(entry))).OrderBy(part => part.FullName, StringComparer.Ordinal)];
    }

    public static byte[] WithFlippedBit(byte[] zip, string part) => Change(zip, part, content =>
    {
        content[content.Length / 2] ^= 1;
        return content;
    });

    public static byte[] Change(byte[] zip, string part, Func<byte[], byte[]> change)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in Parts(zip))
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(name.EndsWith(part, StringComparison.Ordinal) ? change(content) : content);
            }
        }
        return stream.ToArray();
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
