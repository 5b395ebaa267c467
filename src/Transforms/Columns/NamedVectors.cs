using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Columns;

/// <summary>A vector of texts or keys that is read as texts. A key is read as its value, so that the order of the key values does not matter.</summary>
internal static class NamedVectors
{
    private const string Expected = "Vector<String>, or Vector<Key> with key values";
    private const string CheckName = "Check the name of the column.";
    private const string Remedy = "Load the column as a vector of texts, or map it to keys with Transforms.Conversion.MapValueToKey.";

    /// <summary>Returns a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, string role, string name)
    {
        DataViewSchema.Column column = schema.Require(role, name, Expected, CheckName);
        bool hasNames = column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { Type: VectorDataViewType };
        return column.Type switch
        {
            VectorDataViewType { ItemType: TextDataViewType } => column,
            VectorDataViewType { ItemType: KeyDataViewType } when hasNames => column,
            VectorDataViewType { ItemType: KeyDataViewType } =>
                throw SchemaMismatch.Mistyped(role, name, Expected, $"{column.Type} without key values", Remedy, nameof(schema)),
            _ => throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, Remedy, nameof(schema)),
        };
    }

    /// <summary>
    /// Returns an action that replaces the content of <paramref name="target"/> by the values of the current row. A missing key is empty text.
    /// </summary>
    public static Action OpenReader(DataViewRow source, DataViewSchema.Column column, List<ReadOnlyMemory<char>> target)
    {
        if (KeyValues.Of(column) is not { } values) return OpenTextReader(source, column, target);
        ReadOnlyMemory<char>[] names = [.. values.Names.Select(name => name.AsMemory())];
        void Add(ulong key) => target.Add(key > 0 && key <= (ulong)names.Length ? names[key - 1] : default);
        Func<int> read = KeyReaders.OpenVector(source, column, Add, () => target.Count);
        return () =>
        {
            target.Clear();
            read();
        };
    }

    private static Action OpenTextReader(DataViewRow source, DataViewSchema.Column column, List<ReadOnlyMemory<char>> target)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = source.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        VBuffer<ReadOnlyMemory<char>> values = default;
        return () =>
        {
            get(ref values);
            target.Clear();
            target.AddRange(values.DenseValues());
        };
    }
}
