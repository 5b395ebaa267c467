using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Columns;

/// <summary>
/// A JSON converter for dates and times without a time zone. A label of the kind Local must not change if the model is loaded in another time zone; therefore
/// an offset, which models of format 1 may contain, is ignored.
/// </summary>
internal sealed class WallClockConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString()!;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            throw new JsonException($"'{text}' is not a date");
        return text.EndsWith('Z') ? time.UtcDateTime : time.DateTime;
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Kind == DateTimeKind.Local ? DateTime.SpecifyKind(value, DateTimeKind.Unspecified) : value);
}
