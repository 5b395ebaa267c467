namespace MlNetRnn.Serving;

/// <summary>What distinguishes a file from the one that was in its place before, without reading it.</summary>
/// <param name="Path">Where it really is: a volume of Kubernetes is replaced by changing a link to a directory.</param>
/// <param name="Created">When it was created: a file that is moved here keeps the time of its last change.</param>
/// <param name="Written">When it was changed last.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record FileState(string Path, DateTime Created, DateTime Written, long Length)
{
    private const int MostLinks = 40;

    /// <returns><see langword="null"/> where there is no such file: it is being replaced.</returns>
    public static FileState? Of(string path)
    {
        string real = RealPath(path);
        return new FileInfo(real) is { Exists: true } file ? new FileState(real, file.CreationTimeUtc, file.LastWriteTimeUtc, file.Length) : null;
    }

    /// <summary>The path with every link on the way followed, to directories as well as to the file.</summary>
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
