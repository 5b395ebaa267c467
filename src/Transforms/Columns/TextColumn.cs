using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>Validates an input column of texts.</summary>
internal static class TextColumn
{
    private const string Expected = "String", Remedy = "Load the column as String.";

    /// <summary>Validates the column in the schema that an estimator will receive.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="role">What the column is for, in messages.</param>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static void Check(SchemaShape schema, string role, string name)
    {
        SchemaShape.Column column = schema.Require(role, name, Expected);
        if (!column.IsScalar() || column.ItemType is not TextDataViewType)
            throw SchemaMismatch.Mistyped(role, name, Expected, column.Describe(), Remedy, nameof(schema));
    }

    /// <summary>Returns the column.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="role">What the column is for, in messages.</param>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, string role, string name)
    {
        DataViewSchema.Column column = schema.Require(role, name, Expected);
        return column.Type is TextDataViewType
            ? column
            : throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, Remedy, nameof(schema));
    }
}
