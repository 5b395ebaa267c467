using System.Text.Json;
using System.Text.Unicode;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// A request: {"text": "…"} or {"texts": ["…", …]}, for the classifier optionally with "explain": true. Any other property is refused, so that misspelled
/// ones are noticed.
/// </summary>
/// <param name="Texts">The texts.</param>
/// <param name="Explain">Whether the importance of each word is requested.</param>
/// <param name="IsSingle">Whether the request has "text", not "texts".</param>
internal sealed record TextsRequest(IReadOnlyList<string> Texts, bool Explain, bool IsSingle)
{
    private const string Text = "text", Several = "texts", ToExplain = "explain";
    private const string Example = """{"text": "…"} or {"texts": ["…", …]}""";
    private const int LongestName = 40;

    /// <summary>Returns the client's name of a text.</summary>
    public string NameOf(int text) => IsSingle ? Text : $"{Several}[{text}]";

    /// <summary>Reads a request from JSON.</summary>
    /// <exception cref="Refusal">The JSON is not such a request.</exception>
    public static TextsRequest Parse(ReadOnlyMemory<byte> json, ServiceLimits limits, bool mayExplain)
    {
        if (!Utf8.IsValid(json.Span)) throw new Refusal(400, "expected JSON in UTF-8, got bytes that are not valid UTF-8");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Parse(document.RootElement, limits, mayExplain);
        }
        catch (JsonException e)
        {
            throw new Refusal(400, $"expected JSON such as {Example}, got something else: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // UTF-8 cannot contain it, but an escape such as \ud83d can.
            throw new Refusal(400, "expected text, got half of a surrogate pair in a string");
        }
    }

    private static TextsRequest Parse(JsonElement root, ServiceLimits limits, bool mayExplain)
    {
        Expect(root, JsonValueKind.Object, "the body", Example);
        JsonElement? text = null, several = null;
        bool explain = false;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(Text)) text = property.Value;
            else if (property.NameEquals(Several)) several = property.Value;
            else if (mayExplain && property.NameEquals(ToExplain)) explain = property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? property.Value.GetBoolean() : throw Unexpected(ToExplain, "true or false", property.Value);
            else throw new Refusal(400, $"expected the properties {Text} or {Several}{(mayExplain ? $", and {ToExplain}" : "")}, got '{Shortened(property.Name)}'");
        }
        if ((text is null) == (several is null)) throw new Refusal(400, $"expected either {Text} or {Several}, got {(text is null ? "neither" : "both")}");
        return text is { } single
            ? new TextsRequest([StringOf(single, Text, limits)], explain, IsSingle: true)
            : new TextsRequest(StringsOf(several!.Value, limits), explain, IsSingle: false);
    }

    private static string[] StringsOf(JsonElement value, ServiceLimits limits)
    {
        Expect(value, JsonValueKind.Array, Several, "an array of strings");
        int count = value.GetArrayLength();
        if (count == 0) throw new Refusal(400, $"{Several}: expected at least one text, got none");
        if (count > limits.Texts) throw new Refusal(StatusCodes.Status413PayloadTooLarge, $"{Several}: expected at most {limits.Texts} texts, got {count}");
        return [.. value.EnumerateArray().Select((text, i) => StringOf(text, $"{Several}[{i}]", limits))];
    }

    private static string StringOf(JsonElement value, string name, ServiceLimits limits)
    {
        Expect(value, JsonValueKind.String, name, "a string");
        string text = value.GetString()!;
        return text.Length <= limits.Characters ? text : throw new Refusal(StatusCodes.Status413PayloadTooLarge, $"{name}: expected at most {limits.Characters} characters, got {text.Length}");
    }

    private static void Expect(JsonElement value, JsonValueKind kind, string name, string expected)
    {
        if (value.ValueKind != kind) throw Unexpected(name, expected, value);
    }

    private static Refusal Unexpected(string name, string expected, JsonElement got) => new(400, $"{name}: expected {expected}, got {got.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        var other => other.ToString().ToLowerInvariant(),
    }}");

    private static string Shortened(string name) => name.Length <= LongestName ? name : $"{name[..LongestName]}…";
}
