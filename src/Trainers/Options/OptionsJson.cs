using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlNetRnn.Options;

/// <summary>Options as they lie in the model file. What is no data (validation rows, progress, cancellation) is left out.</summary>
internal static class OptionsJson
{
    // Named, because file-based and trimmed applications have no resolver by default. The options of an experiment may be of a user's type, which nothing was generated for.
    private static readonly JsonSerializerOptions Json = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new ActivationConverter(), new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>All of them, whatever type they are passed as.</summary>
    public static JsonElement Write(object options) => JsonSerializer.SerializeToElement(options, options.GetType(), Json);

    public static TOptions Read<TOptions>(JsonElement options) => options.Deserialize<TOptions>(Json) ?? throw new FormatException("Options: expected an object, got null. The model file is damaged.");
}
