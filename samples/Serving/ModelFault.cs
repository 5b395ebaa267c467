using MlNetRnn.Files;

namespace MlNetRnn.Samples.Serving;

/// <summary>The reason why a file cannot be served.</summary>
internal static class ModelFault
{
    /// <summary>
    /// Returns the useful message of an exception in one line. ML.NET wraps the exception of a loader, and .NET that of a zip reader: the innermost message
    /// about a format is the useful one.
    /// </summary>
    public static string Of(Exception fault)
    {
        var chain = new List<Exception>();
        for (Exception? link = fault; link is not null; link = link.InnerException) chain.Add(link);
        string message = (chain.OfType<FormatException>().LastOrDefault() ?? chain[^1]).Message.ReplaceLineEndings(" ");
        int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? message : message[..parameter];
    }

    /// <summary>Opens a model file of the user.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The kind of model that is expected.</param>
    /// <param name="open">Opens it; throws if it is another kind of model.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static T Guard<T>(string file, string expected, Func<T> open)
    {
        if (Directory.Exists(file)) throw new FileException($"{file}: expected a file, got a folder");
        if (!File.Exists(file)) throw new FileException($"{file}: there is no such file");
        if (ModelArchive.FaultOf(file) is { } fault) throw new FileException($"{file}: {fault}");
        try
        {
            return open();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FileException($"{file}: expected {expected}; {Of(e)}");
        }
    }
}
