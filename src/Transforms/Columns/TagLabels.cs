using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>A label column with a tag for each step: a vector of keys, the values of which are the tags, or of texts.</summary>
internal static class TagLabels
{
    private const string Role = "label";
    private const string Expected = "Vector<Key> or Vector<String>";
    private const string Remedy = "Give a tag for each step, as text or as a key with Transforms.Conversion.MapValueToKey.";

    public static SchemaShape.Column Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        bool isText = column.IsVector() && column.ItemType is TextDataViewType;
        return isText || column.IsVectorOfKeys() ? column : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    /// <summary>The label column and how many tags it has; 0 for texts, whose tags are only known when all rows have been read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, of another type, or a key of unknown count.</exception>
    public static (DataViewSchema.Column Column, int Count) Bind(DataViewSchema schema, string name, string role = Role, string remedy = Remedy, string missing = SchemaMismatch.CheckOptions)
    {
        DataViewSchema.Column column = schema.Require(role, name, Expected, missing);
        if (column.Type is not VectorDataViewType { ItemType: var item } || item is not (TextDataViewType or KeyDataViewType))
            throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, remedy, nameof(schema));
        if (item is not KeyDataViewType key) return (column, 0);
        if (key.Count is 0 or > int.MaxValue) throw SchemaMismatch.Mistyped(role, name, "keys whose number of values is known", key.ToString()!, remedy, nameof(schema));
        if (key.Count < 2) throw SchemaMismatch.Mistyped(role, name, "keys of at least two values", $"of {key.Count}", "Check that the training data has rows at all, and more than one tag.", nameof(schema));
        return (column, (int)key.Count);
    }

    /// <summary>The label column of validation rows, whose tags must mean the same as those of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing, of another type, or was mapped to keys by other transforms.</exception>
    public static DataViewSchema.Column BindValidation(DataViewSchema schema, string name, int count, KeyValues? values)
    {
        (DataViewSchema.Column validation, int validationCount) = Bind(schema, name, $"validation {Role}", SchemaMismatch.SameTransforms, SchemaMismatch.SameTransforms);
        bool same = validationCount == count && (count == 0 || (KeyValues.Of(validation)?.Names ?? []).SequenceEqual(values?.Names ?? []));
        if (!same)
            throw SchemaMismatch.Mistyped($"validation {Role}", validation.Name, count == 0 ? "Vector<String>, as in the training data" : $"the {count} key values of the training data in the same order",
                validationCount == 0 ? "Vector<String>" : $"{validationCount} key values{(validationCount == count ? ", but others" : "")}", SchemaMismatch.SameTransforms, nameof(schema));
        return validation;
    }
}
