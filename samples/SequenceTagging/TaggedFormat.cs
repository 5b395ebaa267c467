using Microsoft.ML;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>What --format chooses: how a file becomes rows, each a sequence and its tags.</summary>
internal abstract class TaggedFormat
{
    private static readonly Dictionary<string, Func<int?, int?, TaggedFormat>> ByName = new()
    {
        ["conllu"] = (token, tag) => new ConlluFormat(token ?? ConlluFormat.Form, tag ?? ConlluFormat.Upos),
        ["conll"] = (token, tag) => new ConllFormat(token ?? 0, tag ?? ConllFormat.Last),
        ["frames"] = (token, tag) => new FramesFormat(token, tag),
    };

    public static string[] Names => [.. ByName.Keys];

    /// <summary>The column of the data that holds the sequences.</summary>
    public abstract string InputColumn { get; }

    /// <summary>The column of the data that holds the tags.</summary>
    public virtual string LabelColumn => "Label";

    /// <summary>How many numbers make a frame; 0 for words. Known when the first file has been loaded.</summary>
    public virtual int FrameSize => 0;

    /// <summary>For messages.</summary>
    public virtual string Rows => "sentences";

    /// <param name="name">As on the command line.</param>
    /// <param name="tokenColumn">The column of the words, from 0; null for the format's own.</param>
    /// <param name="tagColumn">The column of the tags, from 0; null for the format's own.</param>
    /// <exception cref="FileException">The format has no such columns.</exception>
    public static TaggedFormat Create(string name, int? tokenColumn, int? tagColumn)
    {
        if (tokenColumn < 0 || tagColumn < 0) throw new FileException($"expected columns from 0 (--token-column, --tag-column), got {(tokenColumn < 0 ? tokenColumn : tagColumn)}");
        return ByName[name](tokenColumn, tagColumn);
    }

    /// <summary>The rows of a file; it is read when they are, anew every time.</summary>
    /// <exception cref="FileException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract IDataView Load(MLContext ml, string path);

    protected static void RefuseSame(int tokenColumn, int tagColumn)
    {
        if (tokenColumn == tagColumn) throw new FileException($"expected different columns for --token-column and --tag-column, got {tokenColumn} for both");
    }
}
