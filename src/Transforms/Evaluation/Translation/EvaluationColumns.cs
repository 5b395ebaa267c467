using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Evaluation;

/// <summary>The columns that an evaluation of texts with references reads.</summary>
internal static class EvaluationColumns
{
    private const string Expected = "String or Vector<String>";

    /// <summary>Returns the column of references.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static DataViewSchema.Column BindReferences(DataViewSchema schema, string name) => BindTexts(schema, "reference", name);

    /// <summary>Returns a column of one or several texts per row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static DataViewSchema.Column BindTexts(DataViewSchema schema, string role, string name)
    {
        DataViewSchema.Column column = schema.Require(role, name, Expected);
        return column.Type is TextDataViewType or VectorDataViewType { ItemType: TextDataViewType }
            ? column
            : throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, "Load the column as String.", "data");
    }

    /// <summary>Opens a reader of a text. A missing text is an empty one.</summary>
    public static Func<string> OpenText(DataViewRow row, DataViewSchema.Column column) =>
        Open<ReadOnlyMemory<char>, string>(row, column, text => text.ToString());

    /// <summary>Opens a reader of a name, such as a language.</summary>
    /// <returns>A function that throws <see cref="InvalidOperationException"/> if a row has no name.</returns>
    public static Func<string> OpenName(DataViewRow row, string role, DataViewSchema.Column column)
    {
        Func<string> read = OpenText(row, column);
        return () => read() is { Length: > 0 } name
            ? name
            : throw new InvalidOperationException(
                $"Evaluation: expected a {role} in column '{column.Name}', got an empty text in row {row.Position}. Fill it in, or leave the row out.");
    }

    /// <summary>Opens a reader of references.</summary>
    /// <returns>A function that throws <see cref="InvalidOperationException"/> if a row has none.</returns>
    public static Func<string[]> OpenReferences(DataViewRow row, DataViewSchema.Column column)
    {
        Func<string[]> read = OpenTexts(row, column);
        return () => read() is { Length: > 0 } references
            ? references
            : throw new InvalidOperationException(
                $"Evaluation: expected at least one reference in column '{column.Name}', got none in row {row.Position}. Leave the row out.");
    }

    /// <summary>Opens a reader of a column that <see cref="BindTexts"/> returned. The texts of a row may be none.</summary>
    public static Func<string[]> OpenTexts(DataViewRow row, DataViewSchema.Column column) => column.Type is TextDataViewType
        ? Open<ReadOnlyMemory<char>, string[]>(row, column, text => [text.ToString()])
        : Open<VBuffer<ReadOnlyMemory<char>>, string[]>(row, column, texts => [.. texts.DenseValues().Select(text => text.ToString())]);

    /// <summary>Returns the exception for data without rows.</summary>
    public static ArgumentException NoRows(string parameter) => new("Evaluation: expected rows, got none. Check the data.", parameter);

    private static Func<TResult> Open<TValue, TResult>(DataViewRow row, DataViewSchema.Column column, Func<TValue, TResult> convert)
    {
        ValueGetter<TValue> get = row.GetGetter<TValue>(column);
        TValue value = default!;
        return () =>
        {
            get(ref value);
            return convert(value);
        };
    }
}
