using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Serving;

/// <summary>The columns that the engines of a model read, if the service does not use the engines.</summary>
internal static class TextColumns
{
    /// <summary>Returns the text columns of the training data, which the model may read.</summary>
    /// <typeparam name="TRow">The class of rows.</typeparam>
    /// <param name="member">The text of a row, which becomes every column.</param>
    /// <param name="input">The columns of the training data.</param>
    /// <param name="more">Columns that the model reads in any case.</param>
    public static SchemaDefinition Of<TRow>(string member, DataViewSchema? input, params IEnumerable<string> more)
    {
        SchemaDefinition columns = SchemaDefinition.Create(typeof(TRow));
        columns.Clear();
        IEnumerable<string> names = from column in input ?? Enumerable.Empty<DataViewSchema.Column>() where column.Type is TextDataViewType select column.Name;
        foreach (string name in names.Concat(more).Distinct())
        {
            SchemaDefinition.Column column = SchemaDefinition.Create(typeof(TRow))[member];
            column.ColumnName = name;
            columns.Add(column);
        }
        return columns;
    }
}
