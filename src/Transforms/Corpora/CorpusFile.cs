using System.IO.Compression;

namespace MlNetRnn.Corpora;

/// <summary>A text file of sentences, read line by line; unpacked on the way where its name ends with .gz.</summary>
internal sealed class CorpusFile
{
    private readonly string _path, _fullPath;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public CorpusFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // The current folder may be another one when a cursor is opened.
        (_path, _fullPath) = (path, Path.GetFullPath(path));
        if (!File.Exists(_fullPath))
            throw new FileNotFoundException($"{path}: expected a file, got {(Directory.Exists(_fullPath) ? "a folder" : "nothing of that name")}. Check the path.", path);
    }

    /// <summary>Whether a file of this name is packed.</summary>
    public static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The lines and their numbers, from 1.</summary>
    /// <exception cref="FormatException">A line is not UTF-8.</exception>
    public IEnumerable<(int Number, string Text)> Lines()
    {
        // Whoever writes the file anew meanwhile replaces it: what is open here stays whole.
        using var file = new FileStream(_fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using Stream stream = IsPacked(_fullPath) ? new GZipStream(file, CompressionMode.Decompress) : file;
        int number = 0;
        foreach (string? line in Utf8Lines.Read(stream))
        {
            number++;
            yield return (number, line ?? throw Fault(number, "UTF-8", "bytes that are none", "Convert the file to UTF-8"));
        }
    }

    public FormatException Fault(int line, string expected, string got, string remedy) => new($"{_path}, line {line}: expected {expected}, got {got}. {remedy}.");
}
