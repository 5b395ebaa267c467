namespace MlNetRnn.Samples;

/// <summary>The reason why a file cannot be used as a model.</summary>
public static class ModelFault
{
    /// <summary>The length of an empty zip archive.</summary>
    private const int LeastLength = 22;

    /// <summary>
    /// Returns why a file cannot be a model; <see langword="null"/> if it is a zip archive, as ML.Model.Save writes it. For any other file, the exception of
    /// ML.NET reports only a position in a stream.
    /// </summary>
    public static string? OfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (file.Length >= LeastLength && start.SequenceEqual("PK"u8)) return null;
        string got = file.Length < LeastLength ? $"a file of {file.Length} bytes" : "something other than a zip archive";
        return $"expected a model as ML.Model.Save writes it, got {got}. Save the model again, or copy the file again.";
    }

    /// <summary>
    /// Returns the useful message of an exception in one line. ML.NET wraps the exception of a loader, and .NET that of a zip reader: the innermost message
    /// about a format is the useful one.
    /// </summary>
    public static string Of(Exception exception)
    {
        var chain = new List<Exception>();
        for (Exception? link = exception; link is not null; link = link.InnerException) chain.Add(link);
        return OneLine.Message(chain.OfType<FormatException>().LastOrDefault() ?? chain[^1]);
    }
}
