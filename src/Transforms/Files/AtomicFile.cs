namespace MlNetRnn.Files;

/// <summary>Writes files in one step: readers see the old content or the new content, never a part of it, even if the process ends while it writes.</summary>
internal static class AtomicFile
{
    /// <summary>A suffix for temporary files that only one process writes.</summary>
    public const string NewSuffix = ".new";

    /// <summary>
    /// Writes a temporary file in the same directory, and renames it. The old file may be read while the new one is written. If <paramref name="write"/>
    /// throws, the temporary file is deleted and the old file stays.
    /// </summary>
    /// <param name="path">The file to create or to replace.</param>
    /// <param name="write">Writes the content, and leaves the stream open.</param>
    /// <param name="flushToDisk">Whether the content must be on the disk before the file is renamed, so that it also survives a power failure.</param>
    /// <param name="suffix">
    /// The suffix of the temporary file; null for a random one. A file that is written again and again by one process has a fixed suffix, so that a process
    /// that is killed leaves at most one temporary file, which the next one overwrites.
    /// </param>
    public static void Write(string path, Action<FileStream> write, bool flushToDisk = false, string? suffix = null)
    {
        string temporary = path + (suffix ?? $".{Path.GetRandomFileName()}");
        FileMode mode = suffix is null ? FileMode.CreateNew : FileMode.Create;
        try
        {
            using (var file = new FileStream(temporary, mode, FileAccess.ReadWrite))
            {
                write(file);
                file.Flush(flushToDisk);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
