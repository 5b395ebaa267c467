using Microsoft.ML;

namespace MlNetRnn.Samples.Tags;

/// <summary>The options of a format.</summary>
/// <param name="TokenColumn">The column of the words, from 0, or from −1 backward; <see langword="null"/> for the default of the format.</param>
/// <param name="TagColumn">The column of the tags, in the same way.</param>
/// <param name="SkipComments">Whether lines that begin with # are comments.</param>
public sealed record FormatOptions(int? TokenColumn = null, int? TagColumn = null, bool SkipComments = false);

/// <summary>The choice of --format: how files become rows, each a sequence and its tags.</summary>
public abstract class TaggedFormat
{
    private static readonly Dictionary<string, Func<FormatOptions, TaggedFormat>> ByName = new()
    {
        ["conllu"] = options => new ConlluFormat(options),
        ["conll"] = options => new ConllFormat(options),
        ["frames"] = options => new FramesFormat(options),
    };

    public static string[] Names => [.. ByName.Keys];

    /// <summary>The column of the data that holds the sequences.</summary>
    public abstract string InputColumn { get; }

    /// <summary>The column of the data that holds the tags.</summary>
    public virtual string LabelColumn => "Label";

    /// <summary>The number of values of a frame; 0 for words. Set when the first file has been loaded.</summary>
    public virtual int FrameSize => 0;

    /// <summary>The word for rows in messages.</summary>
    public virtual string Rows => "sentences";

    /// <summary>The word for steps in messages.</summary>
    public virtual string Steps => "tokens";

    /// <param name="name">The name on the command line.</param>
    /// <param name="options">The other choices.</param>
    /// <exception cref="FileException">The format has no such columns.</exception>
    public static TaggedFormat Create(string name, FormatOptions? options = null) => ByName[name](options ?? new FormatOptions());

    /// <summary>Loads files. They are read when the rows are read, again for every pass.</summary>
    /// <exception cref="FileException">A file cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public abstract IDataView Load(MLContext ml, IReadOnlyList<string> paths);

    /// <summary>Warns about rows that were probably misread.</summary>
    public virtual void Warn(IDataView rows, string path)
    {
    }

    protected static void RefuseSame(int tokenColumn, int tagColumn)
    {
        if (tokenColumn == tagColumn)
            throw new FileException($"--token-column and --tag-column: expected different columns, got {tokenColumn} for both. Change one of them.");
    }
}
