namespace MlNetRnn.Samples.Serving;

/// <summary>What is wrong with a file that is no model, or not the right one.</summary>
internal static class ModelFault
{
    /// <summary>In one line. ML.NET wraps what a loader says, and .NET what a zip reader says: the deepest message about a format is the one to show.</summary>
    public static string Of(Exception fault)
    {
        var chain = new List<Exception>();
        for (Exception? link = fault; link is not null; link = link.InnerException) chain.Add(link);
        string message = (chain.OfType<FormatException>().LastOrDefault() ?? chain[^1]).Message.ReplaceLineEndings(" ");
        int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? message : message[..parameter];
    }

    /// <summary>Opens a model of the user's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="open">Opens it; throws where it is something else.</param>
    /// <exception cref="FileException">It cannot be used.</exception>
    public static T Guard<T>(string file, string expected, Func<T> open)
    {
        if (Directory.Exists(file)) throw new FileException($"{file}: expected a file, got a folder");
        if (!File.Exists(file)) throw new FileException($"{file}: there is no such file");
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
