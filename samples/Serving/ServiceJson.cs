using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Samples.Serving;

/// <summary>The JSON options of answers.</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // Texts stay readable: quotes and letters beyond ASCII are not escaped. No browser interprets an answer as HTML: it has a content type, and nosniff.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A regression may predict NaN or infinity, which must not fail the request.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
