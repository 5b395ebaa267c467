using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>The label column of a tagger, with a tag for each step: a vector of keys, whose values are the tags, or a vector of texts.</summary>
internal static class TagLabels
{
    private const string Role = "label";
    private const string Expected = "Vector<Key> or Vector<String>";
    private const string Remedy = "Give a tag for each step, as text or as a key with Transforms.Conversion.MapValueToKey.";

    public static SchemaShape.Column Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        bool isText = column.IsVector() && column.ItemType is TextDataViewType;
        return isText || column.IsVectorOfKeys()
            ? column
            : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    /// <summary>Returns the label column and the number of tags; 0 for texts, whose tags are known only when all rows have been read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type, or the number of tags is unknown or below 2.</exception>
    public static (DataViewSchema.Column Column, int Count) Bind(
        DataViewSchema schema, string name, string role = Role, string remedy = Remedy, string missing = SchemaMismatch.CheckOptions)
    {
        DataViewSchema.Column column = schema.Require(role, name, Expected, missing);
        if (column.Type is not VectorDataViewType { ItemType: var item } || item is not (TextDataViewType or KeyDataViewType))
            throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, remedy, nameof(schema));
        if (item is not KeyDataViewType key) return (column, 0);
        if (key.Count is 0 or > int.MaxValue)
            throw SchemaMismatch.Mistyped(role, name, "keys whose number of values is known", key.ToString()!, remedy, nameof(schema));
        if (key.Count < 2)
        {
            const string CheckData = "Check that the training data has rows at all, and more than one tag.";
            throw SchemaMismatch.Mistyped(role, name, "keys of at least two values", $"of {key.Count}", CheckData, nameof(schema));
        }
        return (column, (int)key.Count);
    }

    /// <summary>Returns the label column of the validation data. Its tags must be those of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type, or other transforms mapped it to keys.</exception>
    public static DataViewSchema.Column BindValidation(DataViewSchema schema, string name, int count, KeyValues? values)
    {
        (DataViewSchema.Column validation, int validationCount) =
            Bind(schema, name, $"validation {Role}", SchemaMismatch.SameTransforms, SchemaMismatch.SameTransforms);
        bool isSame = validationCount == count && (count == 0 || (KeyValues.Of(validation)?.Names ?? []).SequenceEqual(values?.Names ?? []));
        if (isSame) return validation;
        string expected = count == 0 ? "Vector<String>, as in the training data" : $"the {count} key values of the training data in the same order";
        string got = validationCount == 0 ? "Vector<String>" : $"{validationCount} key values{(validationCount == count ? ", but others" : "")}";
        throw SchemaMismatch.Mistyped($"validation {Role}", validation.Name, expected, got, SchemaMismatch.SameTransforms, nameof(schema));
    }
}
