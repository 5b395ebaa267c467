using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>The output columns of a task, by the names of their roles in the model file.</summary>
internal static class OutputRoles
{
    /// <summary>Returns the columns of a task and, if the user requests them, attention, tokens and offsets.</summary>
    public static Dictionary<string, string> Of(RnnManyToOneOptions options, params (string Role, string Column)[] own)
    {
        Dictionary<string, string> columns = own.ToDictionary(pair => pair.Role, pair => pair.Column);
        if (options.NGramsColumnName is { } ngrams) columns.Add(NGramColumns.NGrams, ngrams);
        if (options.AttentionColumnName is { } attention) columns.Add(AttentionColumns.Attention, attention);
        if (options.TokensColumnName is { } tokens) columns.Add(AttentionColumns.Tokens, tokens);
        if (options.OffsetsColumnName is { } offsets) columns.Add(OffsetColumns.Offsets, offsets);
        return columns;
    }
}
