using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Columns;

/// <summary>
/// The values of a key type, in their original type, so that MapKeyToValue returns an int label as int.
/// </summary>
internal abstract class KeyValues
{
    private static readonly Dictionary<string, KeyValuesType> Types = new KeyValuesType[]
    {
        new KeyValuesType<ReadOnlyMemory<char>, string>(
            TextDataViewType.Instance, KeyValuesJson.Default.StringArray, text => text.ToString(), text => text.AsMemory()),
        new KeyValuesType<bool>(BooleanDataViewType.Instance, KeyValuesJson.Default.BooleanArray),
        new KeyValuesType<sbyte>(NumberDataViewType.SByte, KeyValuesJson.Default.SByteArray),
        new KeyValuesType<byte>(NumberDataViewType.Byte, KeyValuesJson.Default.ByteArray),
        new KeyValuesType<short>(NumberDataViewType.Int16, KeyValuesJson.Default.Int16Array),
        new KeyValuesType<ushort>(NumberDataViewType.UInt16, KeyValuesJson.Default.UInt16Array),
        new KeyValuesType<int>(NumberDataViewType.Int32, KeyValuesJson.Default.Int32Array),
        new KeyValuesType<uint>(NumberDataViewType.UInt32, KeyValuesJson.Default.UInt32Array),
        new KeyValuesType<long>(NumberDataViewType.Int64, KeyValuesJson.Default.Int64Array),
        new KeyValuesType<ulong>(NumberDataViewType.UInt64, KeyValuesJson.Default.UInt64Array),
        new KeyValuesType<float>(NumberDataViewType.Single, KeyValuesJson.Default.SingleArray),
        new KeyValuesType<double>(NumberDataViewType.Double, KeyValuesJson.Default.DoubleArray),
        new KeyValuesType<DateTime>(DateTimeDataViewType.Instance, KeyValuesJson.Default.DateTimeArray),
        new KeyValuesType<DateTimeOffset>(DateTimeOffsetDataViewType.Instance, KeyValuesJson.Default.DateTimeOffsetArray),
        new KeyValuesType<TimeSpan>(TimeSpanDataViewType.Instance, KeyValuesJson.Default.TimeSpanArray),
    }.ToDictionary(type => type.Name);

    public abstract int Count { get; }

    public abstract DataViewType ItemType { get; }

    /// <summary>The values as text, for slot names and messages.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Adds the values to a column's annotations, in their own type.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder annotations, string kind);

    public abstract byte[] ToJson();

    /// <summary>Returns the values of a key column; null if it has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values are of a type that cannot be stored.</exception>
    public static KeyValues? Of(DataViewSchema.Column column, string role = "label")
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not { Type: VectorDataViewType vector }) return null;
        // In the form of a model file, so that a fitted model and a loaded one return the same values, including texts with lone surrogates.
        return Types.TryGetValue(vector.ItemType.ToString()!, out KeyValuesType? type)
            ? FromJson(type.Read(column).ToJson())
            : throw SchemaMismatch.Mistyped(role, column.Name, $"key values of one of the types {string.Join(", ", Types.Keys)}",
                vector.ItemType.ToString()!, "Convert the values to text before MapValueToKey.", nameof(column));
    }

    /// <summary>Creates key values from texts.</summary>
    public static KeyValues OfTexts(IReadOnlyList<string> texts)
    {
        var stored = new Stored(TextDataViewType.Instance.ToString()!, JsonSerializer.SerializeToElement([.. texts], KeyValuesJson.Default.StringArray));
        return FromJson(JsonSerializer.SerializeToUtf8Bytes(stored, KeyValuesJson.Default.Stored));
    }

    /// <summary>Reads key values from JSON.</summary>
    /// <exception cref="FormatException">The bytes are not key values.</exception>
    public static KeyValues FromJson(byte[] json)
    {
        try
        {
            Stored? stored = JsonSerializer.Deserialize(json, KeyValuesJson.Default.Stored);
            if (stored?.Type is null) throw new JsonException("no type");
            return Types.TryGetValue(stored.Type, out KeyValuesType? type)
                ? type.Parse(stored.Values)
                : throw new FormatException(
                    $"Key values: expected one of the types {string.Join(", ", Types.Keys)}, got '{stored.Type}'. Update MlNetRnn.Transforms.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"Key values: expected a type and a list of values, got something else ({e.Message}). The model file is damaged.", e);
        }
    }

    internal sealed record Stored(string Type, JsonElement Values);
}
