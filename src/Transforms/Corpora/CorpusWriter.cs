using System.IO.Compression;
using System.Text;
using MlNetRnn.Files;

namespace MlNetRnn.Corpora;

/// <summary>Writes sentences to files and streams: UTF-8 without a byte-order mark, lines that end with a line feed.</summary>
internal static class CorpusWriter
{
    /// <summary>
    /// Writes a file, compressed if its name ends with .gz. The file is written under another name and then renamed, so that the data may be read from the same
    /// file, and no incomplete file remains after an error.
    /// </summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string beside = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (FileStream file = File.Create(beside))
            using (Stream stream = TextFile.IsPackedName(path) ? new GZipStream(file, CompressionLevel.Optimal) : file)
                Write(stream, write);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Writes to a stream, which remains open.</summary>
    public static void Write(Stream stream, Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        write(writer);
    }
}
