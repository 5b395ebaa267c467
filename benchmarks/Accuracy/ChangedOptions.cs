using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MlNetRnn.Accuracy;

/// <summary>Changes options by name, for comparisons from the command line.</summary>
internal static class ChangedOptions
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Returns a copy of options with some values changed.</summary>
    /// <param name="options">The options.</param>
    /// <param name="changes">Each change as PATH=VALUE, with the value as JSON, as plain text, or as the name of an enumeration value.</param>
    /// <exception cref="ArgumentException">A change has another form, or there is no option of that name.</exception>
    public static TOptions Apply<TOptions>(TOptions options, IEnumerable<string> changes)
    {
        JsonNode root = JsonSerializer.SerializeToNode(options, Json)!;
        foreach (string change in changes)
        {
            int equals = change.IndexOf('=');
            if (equals < 0) throw new ArgumentException($"--with: expected PATH=VALUE, got '{change}'.");
            string[] path = change[..equals].Split('.');
            JsonNode place = root;
            foreach (string part in path[..^1]) place = place[part] ?? throw Unknown(change, part, place);
            if (!place.AsObject().ContainsKey(path[^1])) throw Unknown(change, path[^1], place);
            place[path[^1]] = Value(change[(equals + 1)..]);
        }
        return root.Deserialize<TOptions>(Json)!;
    }

    /// <summary>Returns the value that a change replaces, as PATH=VALUE.</summary>
    /// <param name="options">The options before the change.</param>
    /// <param name="change">The change as PATH=VALUE.</param>
    public static string Before<TOptions>(TOptions options, string change)
    {
        string path = change[..change.IndexOf('=')];
        JsonNode? value = path.Split('.').Aggregate(JsonSerializer.SerializeToNode(options, Json), (place, part) => place?[part]);
        return $"{path}={value}";
    }

    private static ArgumentException Unknown(string change, string part, JsonNode place) =>
        new($"--with {change}: expected one of {string.Join(", ", place.AsObject().Select(p => p.Key))}, got '{part}'.");

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
