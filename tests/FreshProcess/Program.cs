// Loads a model in a new process and prints its predictions: FreshProcess MODEL.zip DATA.idv COLUMN… [--save FILE]
// Prints one line per row: the values of the columns in a form that round-trips. With --save, saves the loaded model first.
// FreshProcess MODEL.zip --generate PROMPT SEED: generates texts with a language model.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out DataViewSchema schema);
if (args[1] == "--generate")
{
    Generation.Print(ml, model, args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
    return;
}
if (Array.IndexOf(args, "--save") is > 0 and var save)
{
    ml.Model.Save(model, schema, args[save + 1]);
    args = [.. args[..save], .. args[(save + 2)..]];
}
IDataView scored = model.Transform(ml.Data.LoadFromBinary(args[1]));
DataViewSchema.Column[] columns = [.. args[2..].Select(name => scored.Schema[name])];
using DataViewRowCursor cursor = scored.GetRowCursor(columns);
Func<string>[] readers = [.. columns.Select(column => Reader(cursor, column))];
while (cursor.MoveNext()) Console.WriteLine(string.Join('\t', readers.Select(read => read())));

static Func<string> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
{
    var t when t == typeof(VBuffer<float>) => Read<VBuffer<float>>(row, column, v => string.Join(' ', v.DenseValues().Select(Number))),
    var t when t == typeof(VBuffer<int>) => Read<VBuffer<int>>(row, column, v => string.Join(' ', v.DenseValues())),
    var t when t == typeof(VBuffer<uint>) => Read<VBuffer<uint>>(row, column, v => string.Join(' ', v.DenseValues())),
    var t when t == typeof(VBuffer<ReadOnlyMemory<char>>) => Read<VBuffer<ReadOnlyMemory<char>>>(row, column, v => string.Join(' ', v.DenseValues())),
    var t when t == typeof(bool) => Read<bool>(row, column, v => v.ToString()),
    var t when t == typeof(float) => Read<float>(row, column, Number),
    var t when t == typeof(uint) => Read<uint>(row, column, v => v.ToString(CultureInfo.InvariantCulture)),
    var t when t == typeof(ReadOnlyMemory<char>) => Read<ReadOnlyMemory<char>>(row, column, v => v.ToString()),
    var t => throw new NotSupportedException($"Column '{column.Name}': expected a type that this program prints, got {t}. Add a reader."),
};

static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

static Func<string> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string> format)
{
    ValueGetter<T> get = row.GetGetter<T>(column);
    T value = default!;
    return () =>
    {
        get(ref value);
        return format(value);
    };
}
