namespace MlNetRnn.Samples;

/// <summary>A file that is written after a long computation.</summary>
public static class WritableFile
{
    /// <summary>Checks that the file can be opened for writing, and leaves it unchanged.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static void Expect(FileInfo? file)
    {
        if (file is null) return;
        bool wasThere = file.Exists;
        try
        {
            using (File.Open(file.FullName, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileException($"{file}: expected a file that can be written, got: {e.Message} Choose another path.");
        }
        if (!wasThere) File.Delete(file.FullName);
    }
}
