using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Labels;

/// <summary>A label with one tag per step: a vector of keys, whose values are the tags, or a vector of texts.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class TagLabel(string name) : LabelColumn(name)
{
    private const string Expected = "Vector<Key> or Vector<String>";
    private const string Remedy = "Provide one tag per step, as text or as a key from Transforms.Conversion.MapValueToKey.";

    public override bool IsPerStep => true;

    public override SchemaShape.Column Check(SchemaShape shape)
    {
        SchemaShape.Column column = shape.Require(Role, Name, Expected);
        bool isText = column.IsVector() && column.ItemType is TextDataViewType;
        return isText || column.IsVectorOfKeys() ? column : throw SchemaMismatch.Mistyped(Role, Name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known)
    {
        (DataViewSchema.Column column, int? tags) = Find(schema, Role, Remedy, SchemaMismatch.CheckOptions);
        return tags is { } count
            ? new BoundLabel(column, count, KeyValues.Of(column))
            : new BoundLabel(column, 0, null) { Texts = new TextTags(known, isClosed: false) };
    }

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training)
    {
        const string Same = SchemaMismatch.SameTransforms;
        (DataViewSchema.Column column, int? tags) = Find(schema, ValidationRole, Same, Same);
        int? expectedTags = training.Texts is null ? training.Classes : null;
        if (tags == expectedTags && (tags is null || training.HasNames(KeyValues.Of(column)))) return column;
        string expected = expectedTags is { } count
            ? $"the {count} key values of the training data in the same order"
            : "Vector<String>, as in the training data";
        string got = tags is null ? "Vector<String>" : $"{tags} key values{(tags == expectedTags ? ", but different ones" : "")}";
        throw SchemaMismatch.Mistyped(ValidationRole, column.Name, expected, got, Same, nameof(schema));
    }

    public override LabelReader Open(DataViewRow row, DataViewSchema.Column column, BoundLabel label) => new TagLabelReader(row, column, label.Texts);

    public override BoundLabel Complete(BoundLabel label)
    {
        if (label.Texts is not { } texts) return label;
        KeyValues values = texts.ToKeyValues();
        if (values.Count < 2)
            throw new InvalidOperationException($"Label '{Name}': expected at least two different tags, got {values.Count}. Check the label column.");
        // The validation rows, which are read next, add no tags.
        return label with { Classes = values.Count, Values = values, Texts = new TextTags(values, isClosed: true) };
    }

    /// <summary>Finds the column. The tags of texts are counted only when all rows have been read: null.</summary>
    private (DataViewSchema.Column Column, int? Tags) Find(DataViewSchema schema, string role, string remedy, string missing)
    {
        DataViewSchema.Column column = schema.Require(role, Name, Expected, missing);
        if (column.Type is not VectorDataViewType { ItemType: var item } || item is not (TextDataViewType or KeyDataViewType))
            throw Mistyped(Expected, column.Type.ToString()!, remedy);
        if (item is not KeyDataViewType key) return (column, null);
        if (key.Count is 0 or > int.MaxValue) throw Mistyped("keys whose number of values is known", key.ToString()!, remedy);
        if (key.Count >= 2) return (column, (int)key.Count);
        throw Mistyped("keys of at least two values", $"of {key.Count}", "Check that the training data has rows and more than one tag.");

        Exception Mistyped(string expected, string got, string advice) => SchemaMismatch.Mistyped(role, Name, expected, got, advice, nameof(schema));
    }
}
