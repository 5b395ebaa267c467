namespace MlNetRnn.Samples;

/// <summary>A file that is written after long work.</summary>
public static class WritableFile
{
    /// <summary>Tries to open the file, and leaves no trace.</summary>
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
