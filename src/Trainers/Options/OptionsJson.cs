using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Options;

/// <summary>Options as they lie in the model file. What is no data (validation rows, progress, cancellation) is left out.</summary>
internal static class OptionsJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>All of them, whatever type they are passed as.</summary>
    public static JsonElement Write(object options) => JsonSerializer.SerializeToElement(options, options.GetType(), Json);

    public static TOptions Read<TOptions>(JsonElement options) => options.Deserialize<TOptions>(Json) ?? throw new FormatException("Options: expected an object, got null. The model file is damaged.");
}
