namespace MlNetRnn.Files;

/// <summary>
/// A UTF-8 text file that is read line by line, as often as needed. Text that is compressed with gzip is decompressed, whatever the file is called. A pipe,
/// which can be read only once, is kept in memory.
/// </summary>
internal sealed class TextFile
{
    /// <summary>How long a named pipe may be without a writer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly string _fullPath;
    private readonly object _once = new();
    private byte[]? _pipe;
    private bool _isVerified;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public TextFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // The current folder may be another one when the file is read.
        (Path, _fullPath) = (path, System.IO.Path.GetFullPath(path));
        if (File.Exists(_fullPath)) return;
        string problem = Directory.Exists(_fullPath) ? "expected a file, got a folder" : "there is no such file";
        throw new FileNotFoundException($"{path}: {problem}. Check the path.", path);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Whether the file is a pipe, which another reader would find empty; known when it has been read.</summary>
    public bool IsPipe => _pipe is not null;

    /// <summary>Whether a file is compressed with gzip according to its name.</summary>
    public static bool IsPackedName(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The extension of a name in lower case, without that of gzip: ".tsv" of "a.TSV.gz".</summary>
    public static string ExtensionOf(string path) => System.IO.Path.GetExtension(IsPackedName(path) ? path[..^3] : path).ToLowerInvariant();

    /// <summary>Reads the lines.</summary>
    /// <param name="replacesInvalid">Whether bytes that are not UTF-8 become U+FFFD instead of an error.</param>
    /// <exception cref="FormatException">The file is damaged, incomplete or not UTF-8 text.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<TextLine> Lines(bool replacesInvalid = false)
    {
        using Stream stream = Open();
        foreach (TextLine line in new LineReader(stream, Path, replacesInvalid).Read()) yield return line;
    }

    public FormatException Fault(int line, string expected, string got, string remedy) => Fault(Path, line, expected, got, remedy);

    /// <summary>An error in the form of all errors in files.</summary>
    public static FormatException Fault(string name, int line, string expected, string got, string remedy) =>
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
            // What is left of a compressed file that was cut off after its first byte, or before it, must not pass for text.
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
            var reader = new GzipReader(bytes, Path);           // not closed: that would close the file
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
        // Another process may replace the file meanwhile; the file that is open here stays complete.
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
