using System.IO.Compression;
using System.Text;
using MlNetRnn.Files;

namespace MlNetRnn.Corpora;

/// <summary>Writes sentences to files and streams: UTF-8 without a byte-order mark, lines that end with a line feed.</summary>
internal static class CorpusWriter
{
    /// <summary>Writes a file, compressed if its name ends with .gz. The data may be read from the file that is replaced.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file =>
        {
            if (!TextFile.IsPackedName(path))
            {
                Write(file, write);
                return;
            }
            using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            Write(packed, write);
        });
    }

    /// <summary>Writes to a stream, which remains open.</summary>
    public static void Write(Stream stream, Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        write(writer);
    }
}
