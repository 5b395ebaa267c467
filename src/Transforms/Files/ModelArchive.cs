namespace MlNetRnn.Files;

/// <summary>
/// A check of a model file before it is loaded. ML.Model.Save writes a zip archive; for any other file, the exception of ML.NET reports only a position in a
/// stream.
/// </summary>
internal static class ModelArchive
{
    /// <summary>The length of an empty zip archive.</summary>
    private const int LeastLength = 22;

    /// <summary>Returns why the content of a file, read from its beginning, cannot be a model; <see langword="null"/> if it is a zip archive.</summary>
    public static string? FaultOf(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (stream.Length >= LeastLength && start[..read].SequenceEqual("PK"u8)) return null;
        string got = stream.Length < LeastLength ? $"a file of {stream.Length} bytes" : "something other than a zip archive";
        return $"expected a model as ML.Model.Save writes it, got {got}. Save the model again, or copy the file again.";
    }
}
