using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>A word a line, its columns separated by blanks or tabs: the first is the word and the last its tag, if nothing else is said.</summary>
internal sealed class ConllFormat : TaggedFormat
{
    /// <summary>As the library's loader counts.</summary>
    public const int Last = -1;

    private const int RowsLookedAt = 10;
    private readonly int _tokenColumn, _tagColumn;

    public ConllFormat(int tokenColumn, int tagColumn)
    {
        RefuseSame(tokenColumn, tagColumn);
        (_tokenColumn, _tagColumn) = (tokenColumn, tagColumn);
    }

    public override string InputColumn => "Tokens";

    public override IDataView Load(MLContext ml, string path)
    {
        IDataView rows = ml.Data.LoadFromConll(path, _tokenColumn, _tagColumn);
        // Which column is the last one only the file tells.
        bool isSame = rows.GetColumn<string[]>(InputColumn).Zip(rows.GetColumn<string[]>(LabelColumn), (tokens, tags) => tokens.SequenceEqual(tags)).Take(RowsLookedAt).DefaultIfEmpty(false).All(same => same);
        return isSame ? throw new FileException($"{path}: expected words in column {_tokenColumn} and their tags in another, got the same in both. Are --token-column and --tag-column right?") : rows;
    }
}
