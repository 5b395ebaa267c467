using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>A folder for the files of a test, which is deleted at the end of the test.</summary>
public sealed class CorpusFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MLContext ML { get; } = new(1);

    public string this[string name] => _folder.File(name);

    public string[] Names => [.. Directory.EnumerateFiles(_folder.FullName).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public static byte[] Unpack(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Returns the values of a vector column, row by row.</summary>
    public static string[][] Vectors(IDataView data, string column) =>
        [.. data.GetColumn<ReadOnlyMemory<char>[]>(data.Schema[column]).Select(row => row.Select(value => value.ToString()).ToArray())];

    /// <summary>Creates data from vectors of texts.</summary>
    public IDataView Data(params (string Name, string?[][] Rows)[] columns)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema.RemoveRange(columns.Length, schema.Count - columns.Length);
        for (int c = 0; c < columns.Length; c++) schema[c].ColumnName = columns[c].Name;
        return ML.Data.LoadFromEnumerable(Enumerable.Range(0, columns[0].Rows.Length).Select(r => new Row
        {
            C0 = columns[0].Rows[r],
            C1 = columns.Length > 1 ? columns[1].Rows[r] : [],
            C2 = columns.Length > 2 ? columns[2].Rows[r] : [],
        }), schema);
    }

    /// <summary>Maps a vector of texts to keys with these values; another text becomes a missing key.</summary>
    public IDataView Keyed(IDataView data, string output, string input, params string[] values)
    {
        IDataView keys = ML.Data.LoadFromEnumerable(values.Select(value => new KeyValue { Value = value }));
        return ML.Transforms.Conversion.MapValueToKey(output, input, keyData: keys).Fit(data).Transform(data);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class KeyValue
    {
        public string Value = "";
    }

    private sealed class Row
    {
        public string?[] C0 = [], C1 = [], C2 = [];
    }
}
