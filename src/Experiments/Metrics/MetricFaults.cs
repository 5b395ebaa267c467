using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>Finds metrics that are not defined on the validation rows, before the first trial instead of after three trainings.</summary>
internal static class MetricFaults
{
    /// <summary>An area under a curve requires rows of both classes.</summary>
    public static string? OfArea(IDataView rows, string label) =>
        rows.Schema.GetColumnOrNull(label)?.Type is BooleanDataViewType && BinaryScores.AreOfOneClass(rows, label)
            ? $"all of them have the same label in '{label}'. Optimize accuracy or log-loss, or give validation rows of both classes"
            : null;

    /// <summary>R² requires labels with a variance.</summary>
    public static string? OfVariance(IDataView rows, string label) =>
        rows.Schema.GetColumnOrNull(label)?.Type == NumberDataViewType.Single && rows.GetColumn<float>(label).Distinct().Take(2).Count() < 2
            ? $"all of them have the same number in '{label}'. Optimize the root mean squared error, or give more validation rows"
            : null;

    /// <summary>The F1 of spans requires tags that mark spans.</summary>
    public static string? OfSpans(IDataView rows, string label)
    {
        if (Tags(rows, label) is not { Length: > 0 } tags || RnnSpanScheme.Of(tags) is not null) return null;
        return $"the tags in '{label}' mark no spans ({string.Join(", ", tags.Take(5))}{(tags.Length > 5 ? ", …" : "")}). "
            + "Optimize token accuracy (TaggingMetric.TokenAccuracy), or write the tags as B-TYPE, I-TYPE and O";
    }

    private static string[]? Tags(IDataView rows, string label)
    {
        if (rows.Schema.GetColumnOrNull(label) is not { } column) return null;
        if (column.Type is VectorDataViewType { ItemType: TextDataViewType })
        {
            return [.. rows.GetColumn<VBuffer<ReadOnlyMemory<char>>>(label)
                .SelectMany(row => row.DenseValues().Select(tag => tag.ToString()).ToArray())
                .Where(tag => tag.Length > 0)
                .Distinct()];
        }
        bool areNamedKeys = column.Type is VectorDataViewType { ItemType: KeyDataViewType }
            && column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { ItemType: TextDataViewType };
        if (!areNamedKeys) return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        string[] all = [.. names.DenseValues().Select(name => name.ToString())];
        // Only the keys that occur in these rows can mark spans in them.
        return [.. rows.GetColumn<VBuffer<uint>>(label)
            .SelectMany(row => row.DenseValues().ToArray())
            .Where(key => key > 0 && key <= all.Length)
            .Distinct().Order()
            .Select(key => all[key - 1])];
    }
}
