using MlNetRnn.Files;

namespace MlNetRnn;

/// <summary>
/// A UTF-8 text file that can be read line by line any number of times. Text that is compressed with gzip is decompressed, regardless of the name of the file.
/// A pipe, which can be read only once, is kept in memory.
/// </summary>
/// <remarks>
/// Lines end with LF or CR LF, or, in the whole file, with CR. Bytes that are not UTF-8 are an error with the line and the column, unless they are replaced.
/// All of a compressed file is decompressed once before the first line is returned, so that a damaged or incomplete file is not read in part.
/// </remarks>
public sealed class TextFile
{
    /// <summary>The maximum time to wait for a writer of a named pipe.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly string _fullPath;
    private readonly object _once = new();
    private byte[]? _pipe;
    private bool _isVerified;

    /// <summary>Creates the object; the file is opened when it is read.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public TextFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // The current directory may have changed when the file is read.
        (Path, _fullPath) = (path, System.IO.Path.GetFullPath(path));
        if (File.Exists(_fullPath)) return;
        string problem = Directory.Exists(_fullPath) ? "expected a file, got a folder" : "there is no such file";
        throw new FileNotFoundException($"{path}: {problem}. Check the path.", path);
    }

    /// <summary>The path as the caller passed it.</summary>
    public string Path { get; }

    /// <summary>Whether the file is a pipe, which a second reader would find empty; valid after the file has been read.</summary>
    public bool IsPipe => _pipe is not null;

    /// <summary>Reads the lines of a stream, such as standard input; each line is returned as soon as it arrives.</summary>
    /// <param name="stream">The bytes of the text. Gzip data is read to its end and decompressed. The stream is not closed.</param>
    /// <param name="name">The name of the stream, for messages.</param>
    /// <exception cref="FormatException">The data is damaged, incomplete or not UTF-8 text.</exception>
    public static IEnumerable<TextLine> ReadLines(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return TextInput.Open(stream, name).Read();
    }

    /// <summary>Reads the lines.</summary>
    /// <param name="replacesInvalid">Whether bytes that are not UTF-8 become U+FFFD instead of an error.</param>
    /// <exception cref="FormatException">The file is damaged, incomplete or not UTF-8 text.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<TextLine> Lines(bool replacesInvalid = false)
    {
        using Stream stream = Open();
        foreach (TextLine line in new LineReader(stream, Path, replacesInvalid).Read()) yield return line;
    }

    /// <summary>Returns whether the name of a file indicates compression with gzip.</summary>
    internal static bool IsPackedName(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    internal FormatException Fault(int line, string expected, string got, string remedy) => Fault(Path, line, expected, got, remedy);

    /// <summary>Creates an exception about a line, in the common form of errors in files.</summary>
    internal static FormatException Fault(string name, int line, string expected, string got, string remedy) =>
        new($"{name}, line {line}: expected {expected}, got {got}. {remedy}.");

    private Stream Open()
    {
        Stream bytes = OpenBytes();
        try
        {
            Span<byte> first = stackalloc byte[TextSignature.Length];
            first = first[..bytes.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
            bytes.Position = 0;
            TextSignature.RefuseArchive(first, Path);
            // A compressed file that was truncated to at most one byte must not be read as text.
            bool isPacked = TextSignature.IsGzip(first) || (IsPackedName(Path) && first.Length < 2 && TextSignature.IsPrefix(first));
            if (!isPacked) return bytes;
            if (first.IsEmpty) throw new FormatException($"{Path}: expected a gzip file, got an empty file (0 bytes). Copy or download it again.");
            Verify(bytes);
            return new GzipReader(bytes, Path);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Decompresses the whole file once before its first line is used, so that damage is not reported as errors in lines.</summary>
    private void Verify(Stream bytes)
    {
        lock (_once)
        {
            if (_isVerified) return;
            var buffer = new byte[1 << 16];
            var reader = new GzipReader(bytes, Path);           // not disposed, which would close the file
            while (reader.Read(buffer) > 0)
            {
            }
            bytes.Position = 0;
            _isVerified = true;
        }
    }

    private Stream OpenBytes()
    {
        lock (_once)
        {
            if (_pipe is not null) return new MemoryStream(_pipe);
            FileStream file = OpenFile();
            if (file.CanSeek) return file;
            using (file)
            {
                using var bytes = new MemoryStream();
                file.CopyTo(bytes);
                return new MemoryStream(_pipe = bytes.ToArray());
            }
        }
    }

    private FileStream OpenFile()
    {
        // Another process may replace the file at the same time; the open file remains complete.
        FileStream OpenNow() => new(_fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (new FileInfo(_fullPath) is { Exists: true, Length: > 0, LinkTarget: null }) return OpenNow();
        // Opening a named pipe, which a link may lead to, blocks until another process opens it for writing.
        Task<FileStream> opening = Task.Run(OpenNow);
        return Task.WaitAny([opening], LongestWait) == 0
            ? opening.GetAwaiter().GetResult()
            : throw new IOException($"{Path}: expected a file or a pipe that is written to, "
                + $"got a pipe without a writer for {LongestWait.TotalSeconds:F0} seconds. Start the program that writes to it.");
    }
}
