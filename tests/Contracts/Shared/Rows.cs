using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Reads the rows of a view into values that can be compared, for columns of any type.</summary>
internal static class Rows
{
    /// <summary>Returns one line per row. Numbers round-trip, so equal lines mean equal bits.</summary>
    public static string[] Of(IDataView view, params string[] columns)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(columns.Select(name => view.Schema[name]));
        return Of(cursor, columns);
    }

    public static string[] Of(DataViewRowCursor cursor, params string[] columns)
    {
        Func<string>[] read = [.. columns.Select(name => Reader(cursor, cursor.Schema[name]))];
        var rows = new List<string>();
        while (cursor.MoveNext()) rows.Add(string.Join('\t', read.Select(r => r())));
        return [.. rows];
    }

    /// <summary>Returns a reader of one column, which reads each value twice and asserts that both are equal.</summary>
    public static Func<string> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        Func<string> once = Once(row, column);
        return () =>
        {
            string first = once();
            Assert.Equal(first, once());
            return first;
        };
    }

    /// <summary>Returns a reader of one column of any type.</summary>
    public static Func<string> Once(DataViewRow row, DataViewSchema.Column column) =>
        (Func<string>)typeof(Rows).GetMethod(nameof(Typed))!.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;

    public static Func<string> Typed<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return Show(value);
        };
    }

    /// <summary>Returns the numbers of a column, row by row.</summary>
    public static float[][] Scores(IDataView view, string column) => [.. Of(view, column).Select(Numbers)];

    public static float[] Numbers(string row) =>
        [.. row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => float.Parse(x, CultureInfo.InvariantCulture))];

    /// <summary>Returns the share of rows whose predicted label equals the label.</summary>
    public static double Accuracy(IDataView scored) =>
        Of(scored, "Label").Zip(Of(scored, "PredictedLabel")).Average(row => row.First == row.Second ? 1 : 0);

    public static void AssertClose(float[][] expected, float[][] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, actual[i].Length);
            for (int j = 0; j < expected[i].Length; j++) Assert.Equal(expected[i][j], actual[i][j], tolerance);
        }
    }

    private static string Show<T>(T value) => value switch
    {
        VBuffer<float> v => string.Join(' ', v.DenseValues().Select(x => x.ToString("R", CultureInfo.InvariantCulture))),
        VBuffer<int> v => string.Join(' ', v.DenseValues()),
        VBuffer<uint> v => string.Join(' ', v.DenseValues()),
        VBuffer<ReadOnlyMemory<char>> v => string.Join(' ', v.DenseValues()),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
