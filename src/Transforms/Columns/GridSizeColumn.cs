using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>A column with height and width of the grid of each row.</summary>
internal static class GridSizeColumn
{
    private const string Role = "size", Expected = "Vector<Int32> or Vector<Single> with two numbers, height and width";

    /// <summary>Returns the column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected);
        bool isPair = column.Type is VectorDataViewType { Size: 0 or 2, ItemType: NumberDataViewType { RawType: var raw } }
            && (raw == typeof(float) || raw == typeof(int));
        return isPair
            ? column
            : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Type.ToString()!, SchemaMismatch.CheckOptions, nameof(schema));
    }

    /// <summary>Validates the column in the schema of an estimator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected);
        if (!column.IsVector() || !(column.ItemType == NumberDataViewType.Single || column.ItemType == NumberDataViewType.Int32))
            throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), SchemaMismatch.CheckOptions, "inputSchema");
    }

    /// <summary>Opens a reader of height and width.</summary>
    public static Func<(int Height, int Width)> Open(DataViewRow source, string name)
    {
        DataViewSchema.Column column = source.Schema[name];
        return ((VectorDataViewType)column.Type).ItemType.RawType == typeof(int)
            ? Open<int>(source, column, number => number)
            : Open<float>(source, column, number => number is >= 0 and <= int.MaxValue && number == MathF.Floor(number) ? (int)number : -1);
    }

    private static Func<(int, int)> Open<T>(DataViewRow source, DataViewSchema.Column column, Func<T, int> number)
    {
        ValueGetter<VBuffer<T>> get = source.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            get(ref values);
            T[] sizes = [.. values.DenseValues()];
            return sizes.Length == 2 && number(sizes[0]) > 0 && number(sizes[1]) > 0
                ? (number(sizes[0]), number(sizes[1]))
                : throw new InvalidOperationException(FormattableString.Invariant(
                    $"Size of a grid in column '{column.Name}', row {source.Position}: expected two whole numbers above 0, height and width, got ")
                    + $"{(sizes.Length == 0 ? "none" : string.Join(", ", sizes.Select(size => FormattableString.Invariant($"{size}"))))}. Check the column.");
        };
    }
}
