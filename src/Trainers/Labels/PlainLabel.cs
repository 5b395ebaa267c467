using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Labels;

/// <summary>A label of a plain type: Boolean or a number.</summary>
internal sealed class PlainLabel : LabelColumn
{
    private readonly PrimitiveDataViewType _type;
    private readonly int _classes;
    private readonly string _remedy;

    private PlainLabel(string name, PrimitiveDataViewType type, int classes, string remedy) : base(name) =>
        (_type, _classes, _remedy) = (type, classes, remedy);

    private string Expected => _type.ToString()!;

    /// <summary>Returns the label of a binary classification.</summary>
    public static PlainLabel Boolean(string name) => new(name, BooleanDataViewType.Instance, 2, "Make it a Boolean, or use ml.MulticlassClassification.");

    /// <summary>Returns the label of a regression.</summary>
    public static PlainLabel Number(string name) => new(name, NumberDataViewType.Single, 0, "Convert it with Transforms.Conversion.ConvertType.");

    public override SchemaShape.Column Check(SchemaShape shape)
    {
        SchemaShape.Column column = shape.Require(Role, Name, Expected);
        bool fits = column.IsScalar() && column.ItemType == _type;
        return fits ? column : throw SchemaMismatch.Mistyped(Role, Name, Expected, column.Describe(), _remedy, "inputSchema");
    }

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known) =>
        new(Find(schema, Role, _remedy, SchemaMismatch.CheckOptions), _classes, null);

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training) =>
        Find(schema, ValidationRole, SchemaMismatch.SameTransforms, SchemaMismatch.SameTransforms);

    /// <summary>Opens a reader of numbers: 0 or 1 for false or true; infinity counts as missing.</summary>
    public override LabelReader Open(DataViewRow row, DataViewSchema.Column column, BoundLabel label) => new NumberReader(_type is BooleanDataViewType
        ? Reader<bool>(row, column, value => value ? 1 : 0)
        : Reader<float>(row, column, value => float.IsFinite(value) ? value : float.NaN));

    private DataViewSchema.Column Find(DataViewSchema schema, string role, string remedy, string missing)
    {
        DataViewSchema.Column column = schema.Require(role, Name, Expected, missing);
        return column.Type == _type ? column : throw SchemaMismatch.Mistyped(role, Name, Expected, column.Type.ToString()!, remedy, nameof(schema));
    }

    private static Func<float> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> number) where T : struct
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return number(value);
        };
    }
}
