using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Short forms of what the tests do often.</summary>
internal static class MLContextExtensions
{
    /// <summary>Creates a view of a number of rows.</summary>
    public static IDataView LoadRows<TRow>(this MLContext ml, int count, Func<int, TRow> row) where TRow : class =>
        ml.LoadRows(Enumerable.Range(0, count).Select(row).ToArray());

    /// <summary>Creates a view of some rows.</summary>
    public static IDataView LoadRows<TRow>(this MLContext ml, params TRow[] rows) where TRow : class => ml.Data.LoadFromEnumerable(rows);

    /// <summary>Replaces the values of a column with keys.</summary>
    public static IDataView MapToKeys(this MLContext ml, IDataView rows, string column = "Label") =>
        ml.Transforms.Conversion.MapValueToKey(column).Fit(rows).Transform(rows);

    /// <summary>Removes a column.</summary>
    public static IDataView DropColumn(this MLContext ml, IDataView rows, string column) => ml.Transforms.DropColumns(column).Fit(rows).Transform(rows);

    /// <summary>Copies a column, over another one if it exists.</summary>
    public static IDataView CopyColumn(this MLContext ml, IDataView rows, string to, string from) =>
        ml.Transforms.CopyColumns(to, from).Fit(rows).Transform(rows);

    /// <summary>Records the messages that the context logs from now on.</summary>
    public static List<string> RecordLog(this MLContext ml)
    {
        var log = new List<string>();
        // Trainings on several threads log at the same time.
        ml.Log += (_, e) =>
        {
            lock (log) log.Add(e.RawMessage);
        };
        return log;
    }

    /// <summary>Saves a model to memory.</summary>
    public static byte[] SaveToBytes(this MLContext ml, ITransformer model, DataViewSchema? schema = null)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    /// <summary>Loads a model from memory.</summary>
    public static ITransformer LoadFromBytes(this MLContext ml, byte[] bytes) => ml.Model.Load(new MemoryStream(bytes), out _);

    /// <summary>Saves a model and loads it with a new context.</summary>
    public static ITransformer SaveAndLoad(this MLContext ml, ITransformer model, DataViewSchema? schema = null) =>
        new MLContext().LoadFromBytes(ml.SaveToBytes(model, schema));
}
