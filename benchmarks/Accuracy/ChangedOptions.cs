using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlNetRnn.Accuracy;

/// <summary>Options with some values changed by name, for comparisons from the command line.</summary>
internal static class ChangedOptions
{
    /// <param name="options">The options.</param>
    /// <param name="changes">PATH=VALUE each, the value as JSON or as plain text.</param>
    public static TOptions Apply<TOptions>(TOptions options, IEnumerable<string> changes)
    {
        JsonNode root = JsonSerializer.SerializeToNode(options)!;
        foreach (string change in changes)
        {
            int equals = change.IndexOf('=');
            if (equals < 0) throw new ArgumentException($"--with: expected PATH=VALUE, got '{change}'.");
            string[] path = change[..equals].Split('.');
            JsonNode place = root;
            foreach (string part in path[..^1]) place = place[part] ?? throw new ArgumentException($"--with {change}: there is no '{part}'.");
            if (!place.AsObject().ContainsKey(path[^1])) throw new ArgumentException($"--with {change}: there is no '{path[^1]}', only {string.Join(", ", place.AsObject().Select(p => p.Key))}.");
            place[path[^1]] = Value(change[(equals + 1)..]);
        }
        return root.Deserialize<TOptions>()!;
    }

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
