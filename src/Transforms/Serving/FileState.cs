namespace MlNetRnn.Serving;

/// <summary>The state of a file, by which a replaced file is detected without reading it.</summary>
/// <param name="Path">The path after following all links: a Kubernetes volume is replaced by changing a link to a directory.</param>
/// <param name="Created">The time of creation: a file that is moved to this path keeps the time of its last change.</param>
/// <param name="Written">The time of the last change.</param>
/// <param name="Length">The length in bytes.</param>
internal sealed record FileState(string Path, DateTime Created, DateTime Written, long Length)
{
    private const int MostLinks = 40;

    /// <summary>Returns the state of a file; <see langword="null"/> if the file does not exist, for example while it is being replaced.</summary>
    public static FileState? Of(string path)
    {
        string real = RealPath(path);
        return new FileInfo(real) is { Exists: true } file ? new FileState(real, file.CreationTimeUtc, file.LastWriteTimeUtc, file.Length) : null;
    }

    /// <summary>Returns the path after following all links, both to directories and to the file.</summary>
    private static string RealPath(string path)
    {
        for (int links = 0; links < MostLinks; links++)
            if (FollowFirst(path) is { } next) path = next;
            else break;
        return path;
    }

    private static string? FollowFirst(string path)
    {
        string root = System.IO.Path.GetPathRoot(path)!, real = root;
        string[] parts = path[root.Length..].Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string directory = real;
            real = System.IO.Path.Combine(real, parts[i]);
            if (new FileInfo(real).LinkTarget is { } target)
                return System.IO.Path.GetFullPath(System.IO.Path.Combine([System.IO.Path.Combine(directory, target), .. parts[(i + 1)..]]));
        }
        return null;
    }
}
