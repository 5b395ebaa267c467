using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>A label column that is not a key: a Boolean or a number.</summary>
/// <param name="type">The type of the column.</param>
/// <param name="remedy">The advice for a column of another type.</param>
internal sealed class PlainLabels(PrimitiveDataViewType type, string remedy)
{
    private const string Role = "label";

    private string Expected => type.ToString()!;

    /// <summary>The label of a binary classification.</summary>
    public static PlainLabels Boolean { get; } = new(BooleanDataViewType.Instance, "Make it true or false, or use ml.MulticlassClassification.");

    /// <summary>The label of a regression.</summary>
    public static PlainLabels Number { get; } = new(NumberDataViewType.Single, "Convert it with Transforms.Conversion.ConvertType.");

    public SchemaShape.Column Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        return column.IsScalar() && column.ItemType == type
            ? column
            : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), remedy, "inputSchema");
    }

    public DataViewSchema.Column Bind(DataViewSchema schema, string name, bool isValidation = false)
    {
        string role = isValidation ? $"validation {Role}" : Role, advice = isValidation ? SchemaMismatch.SameTransforms : remedy;
        DataViewSchema.Column column = schema.Require(role, name, Expected, isValidation ? advice : SchemaMismatch.CheckOptions);
        return column.Type == type ? column : throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, advice, nameof(schema));
    }

    /// <summary>Returns a function that reads the label of the current row as a number: 0 for false, 1 for true; NaN if it is missing or infinite.</summary>
    public static Func<float> OpenReader(DataViewRow source, DataViewSchema.Column column) => column.Type is BooleanDataViewType
        ? Reader<bool>(source, column, value => value ? 1 : 0)
        : Reader<float>(source, column, value => float.IsFinite(value) ? value : float.NaN);

    private static Func<float> Reader<T>(DataViewRow source, DataViewSchema.Column column, Func<T, float> number) where T : struct
    {
        ValueGetter<T> get = source.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return number(value);
        };
    }
}
