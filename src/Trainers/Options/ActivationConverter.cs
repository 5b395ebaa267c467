using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Options;

/// <summary>A JSON converter that reads and writes activations by name. Older models name the sigmoid <c>Logistic</c>.</summary>
internal sealed class ActivationConverter : JsonConverter<RnnActivation>
{
    private const string FormerSigmoid = "Logistic";

    public override RnnActivation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        FormerSigmoid => RnnActivation.Sigmoid,
        { } name when Enum.TryParse(name, ignoreCase: true, out RnnActivation activation) && Enum.IsDefined(activation) => activation,
        var other => throw new JsonException($"Expected one of {string.Join(", ", Enum.GetNames<RnnActivation>())}, got '{other}'."),
    };

    public override void Write(Utf8JsonWriter writer, RnnActivation value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
