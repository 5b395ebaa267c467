using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Samples.Serving;

/// <summary>How answers are written.</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // Texts stay readable, quotes and emoji too. No browser takes an answer for HTML: it says what it is, and nosniff.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A regression may say what is no number; that is no reason to say nothing.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
