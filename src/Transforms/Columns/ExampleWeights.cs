using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>A column that says how much each row counts while learning.</summary>
internal static class ExampleWeights
{
    private const string Role = "example weight", Expected = "Single";
    private const string Remedy = "Convert it with Transforms.Conversion.ConvertType.";

    public static void Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        if (!column.IsScalar() || column.ItemType != NumberDataViewType.Single) throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    public static DataViewSchema.Column Bind(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected);
        return column.Type == NumberDataViewType.Single ? column : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Type.ToString()!, Remedy, nameof(schema));
    }

    /// <summary>Reads the weight of the current row.</summary>
    /// <exception cref="InvalidOperationException">It is negative or no number.</exception>
    public static Func<float> OpenReader(DataViewRow source, DataViewSchema.Column column)
    {
        ValueGetter<float> get = source.GetGetter<float>(column);
        float value = 0;
        return () =>
        {
            get(ref value);
            return float.IsFinite(value) && value >= 0
                ? value
                : throw new InvalidOperationException(FormattableString.Invariant($"Example weight in column '{column.Name}', row {source.Position}: expected a finite number, 0 or more, got {value}. Correct the weight, or leave the row out."));
        };
    }
}
