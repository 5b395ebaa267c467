using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace MlNetRnn.Samples.Serving;

/// <summary>How answers are written.</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // Letters of all scripts stay readable; what HTML could mistake is escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        // A regression may say what is no number; that is no reason to say nothing.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
