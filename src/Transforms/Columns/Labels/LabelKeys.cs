using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>The label column of a classification: a key. The classes are the values of the key, whether they occur in the data or not.</summary>
internal static class LabelKeys
{
    private const string Role = "label";
    private const string Expected = "Key";
    private const string Remedy = "Make it a key with Transforms.Conversion.MapValueToKey.";

    public static SchemaShape.Column Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        return column.IsScalarKey() ? column : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    /// <summary>Returns the label column and the number of classes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not a key, or the number of classes is unknown or below 2.</exception>
    public static (DataViewSchema.Column Column, int Count) Bind(
        DataViewSchema schema, string name, string role = Role, string remedy = Remedy, string missing = SchemaMismatch.CheckOptions)
    {
        DataViewSchema.Column column = schema.Require(role, name, Expected, missing);
        if (column.Type is not KeyDataViewType key) throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, remedy, nameof(schema));
        if (key.Count is 0 or > int.MaxValue)
            throw SchemaMismatch.Mistyped(role, name, "a key whose number of values is known", key.ToString()!, remedy, nameof(schema));
        if (key.Count < 2)
        {
            const string CheckData = "Check that the training data has rows at all, and more than one class.";
            throw SchemaMismatch.Mistyped(role, name, "a key of at least two values", $"one of {key.Count}", CheckData, nameof(schema));
        }
        return (column, (int)key.Count);
    }

    /// <summary>Returns the label column of the validation data. Its key values must be those of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not a key, or other transforms mapped it to keys.</exception>
    public static DataViewSchema.Column BindValidation(DataViewSchema schema, string name, int count, KeyValues? values)
    {
        (DataViewSchema.Column validation, int validationCount) =
            Bind(schema, name, $"validation {Role}", SchemaMismatch.SameTransforms, SchemaMismatch.SameTransforms);
        bool same = validationCount == count && (KeyValues.Of(validation)?.Names ?? []).SequenceEqual(values?.Names ?? []);
        if (!same)
            throw SchemaMismatch.Mistyped($"validation {Role}", validation.Name, $"the {count} key values of the training data in the same order",
                $"{validationCount} key values{(validationCount == count ? ", but others" : "")}", SchemaMismatch.SameTransforms, nameof(schema));
        return validation;
    }

    /// <summary>Returns a function that reads the class of the current row: 0-based, NaN if the label is missing.</summary>
    public static Func<float> OpenReader(DataViewRow source, DataViewSchema.Column column)
    {
        Func<ulong> read = KeyReaders.Open(source, column);
        return () => read() is var key && key > 0 ? key - 1 : float.NaN;
    }
}
