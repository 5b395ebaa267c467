using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Columns;

/// <summary>A type of key values: reads them from annotations and from JSON.</summary>
internal abstract class KeyValuesType(DataViewType itemType)
{
    public DataViewType ItemType => itemType;

    public string Name => itemType.ToString()!;

    public abstract KeyValues Read(DataViewSchema.Column column);

    public abstract KeyValues Parse(JsonElement values);
}

/// <inheritdoc/>
/// <typeparam name="T">The type of the values in ML.NET.</typeparam>
/// <typeparam name="TStored">The type of the values in a file.</typeparam>
/// <param name="itemType">The type of the values in a schema.</param>
/// <param name="json">The JSON serialization.</param>
/// <param name="toStored">Converts a value from ML.NET to the file.</param>
/// <param name="fromStored">Converts a value from the file to ML.NET.</param>
internal class KeyValuesType<T, TStored>(
    DataViewType itemType, JsonTypeInfo<TStored[]> json, Converter<T, TStored> toStored, Converter<TStored, T> fromStored) : KeyValuesType(itemType)
{
    public override KeyValues Read(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref values);
        return new Values(this, [.. values.DenseValues()]);
    }

    public override KeyValues Parse(JsonElement values) =>
        new Values(this, Array.ConvertAll(values.Deserialize(json) ?? throw new JsonException("null"), fromStored));

    private JsonElement Store(T[] values) => JsonSerializer.SerializeToElement(Array.ConvertAll(values, toStored), json);

    private sealed class Values(KeyValuesType<T, TStored> type, T[] values) : KeyValues
    {
        public override int Count => values.Length;

        public override DataViewType ItemType => type.ItemType;

        public override IReadOnlyList<string> Names { get; } =
            [.. values.Select(value => value is IFormattable f ? f.ToString(null, CultureInfo.InvariantCulture) : value!.ToString()!)];

        public override void AddTo(DataViewSchema.Annotations.Builder annotations, string kind)
        {
            ValueGetter<VBuffer<T>> get = (ref VBuffer<T> target) => new VBuffer<T>(values.Length, values).CopyTo(ref target);
            annotations.Add(kind, new VectorDataViewType((PrimitiveDataViewType)type.ItemType, values.Length), get);
        }

        public override byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new Stored(type.Name, type.Store(values)), KeyValuesJson.Default.Stored);
    }
}

/// <summary>A type of key values that a file stores without conversion.</summary>
internal sealed class KeyValuesType<T>(DataViewType itemType, JsonTypeInfo<T[]> json)
    : KeyValuesType<T, T>(itemType, json, value => value, value => value);
