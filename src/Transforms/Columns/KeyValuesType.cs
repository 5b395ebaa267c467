using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Columns;

/// <summary>One type that key values may have: how to read them from annotations and to store them.</summary>
internal abstract class KeyValuesType(DataViewType itemType)
{
    public DataViewType ItemType => itemType;

    public string Name => itemType.ToString()!;

    public abstract KeyValues Read(DataViewSchema.Column column);

    public abstract KeyValues Parse(JsonElement values);
}

/// <inheritdoc/>
internal sealed class KeyValuesType<T>(DataViewType itemType, JsonConverter<T>? converter = null) : KeyValuesType(itemType)
{
    private readonly JsonSerializerOptions _json = Options(converter);

    public override KeyValues Read(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref values);
        return new Values(this, [.. values.DenseValues()]);
    }

    public override KeyValues Parse(JsonElement values) => new Values(this, values.Deserialize<T[]>(_json) ?? throw new JsonException("null"));

    private static JsonSerializerOptions Options(JsonConverter<T>? converter)
    {
        var options = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
        if (converter is not null) options.Converters.Add(converter);
        return options;
    }

    private sealed class Values(KeyValuesType<T> type, T[] values) : KeyValues
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

        public override byte[] ToJson() =>
            JsonSerializer.SerializeToUtf8Bytes(new Stored(type.Name, JsonSerializer.SerializeToElement(values, type._json)));
    }
}

/// <summary>Text values as JSON strings.</summary>
internal sealed class TextConverter : JsonConverter<ReadOnlyMemory<char>>
{
    public override ReadOnlyMemory<char> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString().AsMemory();

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<char> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Span);
}
