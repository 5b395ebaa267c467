using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Labels;

/// <summary>A label of key type. Its classes are the values of the key, including those that no row has.</summary>
/// <param name="name">The name of the column.</param>
internal class KeyLabel(string name) : LabelColumn(name)
{
    private const string Expected = "Key";
    private const string Remedy = "Make it a key with Transforms.Conversion.MapValueToKey.";

    public override SchemaShape.Column Check(SchemaShape shape)
    {
        SchemaShape.Column column = shape.Require(Role, Name, Expected);
        return column.IsScalarKey() ? column : throw SchemaMismatch.Mistyped(Role, Name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known)
    {
        (DataViewSchema.Column column, int classes) = Find(schema, Role, Remedy, SchemaMismatch.CheckOptions);
        return new BoundLabel(column, classes, KeyValues.Of(column));
    }

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training)
    {
        const string Same = SchemaMismatch.SameTransforms;
        (DataViewSchema.Column column, int classes) = Find(schema, ValidationRole, Same, Same);
        if (classes == training.Classes && training.HasNames(KeyValues.Of(column))) return column;
        string expected = $"the {training.Classes} key values of the training data in the same order";
        string got = $"{classes} key values{(classes == training.Classes ? ", but different ones" : "")}";
        throw SchemaMismatch.Mistyped(ValidationRole, column.Name, expected, got, Same, nameof(schema));
    }

    /// <summary>Opens a reader of 0-based classes.</summary>
    public override LabelReader Open(DataViewRow row, DataViewSchema.Column column, BoundLabel label)
    {
        Func<ulong> read = KeyReaders.Open(row, column);
        return new NumberReader(() => read() is var key && key > 0 ? key - 1 : float.NaN);
    }

    /// <param name="schema">The schema of the data.</param>
    /// <param name="role">The role of the column in messages.</param>
    /// <param name="remedy">What to do about a column of another type.</param>
    /// <param name="missing">What to do about a missing column.</param>
    private (DataViewSchema.Column Column, int Classes) Find(DataViewSchema schema, string role, string remedy, string missing)
    {
        DataViewSchema.Column column = schema.Require(role, Name, Expected, missing);
        if (column.Type is not KeyDataViewType key) throw Mistyped(Expected, column.Type.ToString()!, remedy);
        if (key.Count is 0 or > int.MaxValue) throw Mistyped("a key whose number of values is known", key.ToString()!, remedy);
        if (key.Count >= 2) return (column, (int)key.Count);
        throw Mistyped("a key of at least two values", $"one of {key.Count}", "Check that the training data has rows and more than one class.");

        Exception Mistyped(string expected, string got, string advice) => SchemaMismatch.Mistyped(role, Name, expected, got, advice, nameof(schema));
    }
}
