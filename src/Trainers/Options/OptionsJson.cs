using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlNetRnn.Options;

/// <summary>
/// Reads and writes options in the JSON format of model files. Options that are not data (validation data, progress, cancellation) are omitted.
/// </summary>
internal static class OptionsJson
{
    // Set explicitly, because file-based and trimmed applications have no default resolver. The options of an experiment may have a type of the user, for which
    // there is no generated code.
    private static readonly JsonSerializerOptions Json = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new ActivationConverter(), new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Serializes all properties of the runtime type of <paramref name="options"/>.</summary>
    public static JsonElement Write(object options) => JsonSerializer.SerializeToElement(options, options.GetType(), Json);

    /// <exception cref="FormatException">The JSON value is null.</exception>
    public static TOptions Read<TOptions>(JsonElement options) =>
        options.Deserialize<TOptions>(Json) ?? throw new FormatException("Options: expected an object, got null. The model file is damaged.");
}
