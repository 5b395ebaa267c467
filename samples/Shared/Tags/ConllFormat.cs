using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Tags;

/// <summary>
/// The CoNLL format: one word per line, with columns separated by blanks or tabs. By default the first column is the word, and the last its tag.
/// </summary>
public sealed class ConllFormat : TaggedFormat
{
    private const int Last = -1, RowsLookedAt = 10, ManyShare = 5;
    private readonly int _tokenColumn, _tagColumn;
    private readonly bool _skipComments;

    public ConllFormat(FormatOptions options)
    {
        (_tokenColumn, _tagColumn, _skipComments) = (options.TokenColumn ?? 0, options.TagColumn ?? Last, options.SkipComments);
        RefuseSame(_tokenColumn, _tagColumn);
    }

    public override string InputColumn => "Tokens";

    public override IDataView Load(MLContext ml, IReadOnlyList<string> paths)
    {
        IDataView rows = ml.Data.LoadFromConll(paths, _tokenColumn, _tagColumn, _skipComments);
        // The file determines which column is the last one.
        bool isSame = rows.GetColumn<string[]>(InputColumn).Zip(rows.GetColumn<string[]>(LabelColumn), (tokens, tags) => tokens.SequenceEqual(tags))
            .Take(RowsLookedAt).DefaultIfEmpty(false).All(same => same);
        if (!isSame) return rows;
        throw new FileException($"{InputFiles.InWords([.. paths])}: expected words in column {_tokenColumn} and their tags in another, got the same in both. "
            + "Change --token-column or --tag-column.");
    }

    /// <summary>Warns about comments with as many columns as the words, which are read as words.</summary>
    public override void Warn(IDataView rows, string path)
    {
        if (_skipComments) return;
        (int sentences, int signs) = (0, 0);
        foreach (string[] tokens in rows.GetColumn<string[]>(InputColumn))
        {
            sentences++;
            if (tokens[0] == "#" || tokens[0].StartsWith("# ", StringComparison.Ordinal)) signs++;
        }
        if (signs > 1 && signs >= sentences / ManyShare)
            Console.WriteLine($"warning: {path}: {signs} of {sentences} sentences begin with the token #. If these lines are comments, give --skip-comments");
    }
}
