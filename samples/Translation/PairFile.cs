namespace MlNetRnn.Samples.Translation;

/// <summary>Pairs in files of the user, which are read again for every pass.</summary>
/// <param name="name">The name of the file or files, for messages.</param>
internal abstract class PairFile(string name)
{
    /// <summary>The name of the file or files, for messages.</summary>
    public string Name { get; } = name;

    /// <summary>Reads the pairs.</summary>
    /// <exception cref="FormatException">A line is not a pair, or a file is not UTF-8 text.</exception>
    /// <exception cref="FileException">The files do not belong together.</exception>
    public abstract IEnumerable<Pair> Read();
}
