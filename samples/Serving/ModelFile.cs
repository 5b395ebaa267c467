namespace MlNetRnn.Samples.Serving;

/// <summary>A model file of the user.</summary>
internal static class ModelFile
{
    /// <summary>Opens a model file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The kind of model that is expected.</param>
    /// <param name="open">Opens it; throws if it is another kind of model.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static T Open<T>(string file, string expected, Func<T> open)
    {
        if (Directory.Exists(file)) throw new FileException($"{file}: expected a file, got a folder");
        if (!File.Exists(file)) throw new FileException($"{file}: there is no such file");
        if (ModelFault.OfFile(file) is { } fault) throw new FileException($"{file}: {fault}");
        try
        {
            return open();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FileException($"{file}: expected {expected}; {ModelFault.Of(e)}");
        }
    }
}
