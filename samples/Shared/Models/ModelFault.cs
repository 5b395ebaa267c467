using MlNetRnn.Files;

namespace MlNetRnn.Samples;

/// <summary>The reason why a file cannot be used as a model.</summary>
public static class ModelFault
{
    /// <summary>Returns why a file cannot be a model; <see langword="null"/> if it is an archive as ML.Model.Save writes it.</summary>
    public static string? OfFile(string path) => ModelArchive.FaultOf(path);

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
