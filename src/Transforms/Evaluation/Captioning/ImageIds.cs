using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;

namespace MlNetRnn.Evaluation;

/// <summary>A column with the image of each row: a text or a number.</summary>
internal static class ImageIds
{
    private const string Role = "image ID", Expected = "String or a number";

    private static readonly Dictionary<Type, Func<DataViewRow, DataViewSchema.Column, Func<string>>> Readers = new()
    {
        [typeof(ReadOnlyMemory<char>)] = EvaluationColumns.OpenText,
        [typeof(sbyte)] = Open<sbyte>,
        [typeof(byte)] = Open<byte>,
        [typeof(short)] = Open<short>,
        [typeof(ushort)] = Open<ushort>,
        [typeof(int)] = Open<int>,
        [typeof(uint)] = Open<uint>,
        [typeof(long)] = Open<long>,
        [typeof(ulong)] = Open<ulong>,
        [typeof(float)] = Open<float>,
        [typeof(double)] = Open<double>,
    };

    /// <summary>Returns the column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected);
        return column.Type is TextDataViewType or NumberDataViewType
            ? column
            : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Type.ToString()!, "Load the column as String or as a number.", "data");
    }

    /// <summary>Opens a reader of the column.</summary>
    /// <returns>A function that throws <see cref="InvalidOperationException"/> if a row has no image.</returns>
    public static Func<string> OpenReader(DataViewRow row, DataViewSchema.Column column)
    {
        Func<string> read = Readers[column.Type.RawType](row, column);
        return () => read() is { Length: > 0 } id
            ? id
            : throw new InvalidOperationException(
                $"Evaluation: expected an {Role} in column '{column.Name}', got a missing value in row {row.Position}. Fill it in, or leave the row out.");
    }

    private static Func<string> Open<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IFormattable
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            // NaN is a missing number.
            return value is not (float.NaN or double.NaN) ? value.ToString(null, CultureInfo.InvariantCulture) : "";
        };
    }
}
