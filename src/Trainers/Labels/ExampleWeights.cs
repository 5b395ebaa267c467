using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Labels;

/// <summary>The column with the weight of each row in training.</summary>
internal static class ExampleWeights
{
    private const string Role = "example weight", Expected = "Single";
    private const string Remedy = "Convert it with Transforms.Conversion.ConvertType.";

    public static void Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        if (!column.IsScalar() || column.ItemType != NumberDataViewType.Single)
            throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    public static DataViewSchema.Column Bind(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected);
        return column.Type == NumberDataViewType.Single
            ? column
            : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Type.ToString()!, Remedy, nameof(schema));
    }

    /// <summary>Returns a function that reads the weight of the current row.</summary>
    /// <exception cref="InvalidOperationException">A weight is negative or not finite.</exception>
    public static Func<float> OpenReader(DataViewRow source, DataViewSchema.Column column)
    {
        ValueGetter<float> get = source.GetGetter<float>(column);
        float value = 0;
        return () =>
        {
            get(ref value);
            if (float.IsFinite(value) && value >= 0) return value;
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Example weight in column '{column.Name}', row {source.Position}: expected a finite number, 0 or more, got {value}. ")
                + "Correct the weight, or leave the row out.");
        };
    }
}
