namespace MlNetRnn.Tags;

/// <summary>
/// Detects tags that look like marks of spans but belong to no known scheme. Their user probably expects spans, so the trainer logs a warning.
/// </summary>
internal static class TagResemblance
{
    private static readonly string[] Begins = ["B", "BEGIN", "BEGINNING", "BEG", "START"];

    private static readonly string[] Continues = ["I", "M", "INSIDE", "INS", "IN", "MIDDLE", "MID", "CONT", "CONTINUE"];

    /// <summary>Returns a tag that seems to begin a span and a tag that seems to continue it; null without such a pair.</summary>
    public static (string Begin, string Inside)? Of(IReadOnlyList<string> names)
    {
        if (TagScheme.Of(names) is not null) return null;
        ILookup<string, string> continuing = names.SelectMany(name => Rests(name, Continues).Select(rest => (rest, name)))
            .ToLookup(pair => pair.rest, pair => pair.name);
        foreach (string name in names)
            foreach (string rest in Rests(name, Begins))
                if (continuing[rest].FirstOrDefault(other => other != name) is { } inside) return (name, inside);
        return null;
    }

    /// <summary>Returns the rest of a name for each of the words that it begins or ends with.</summary>
    private static IEnumerable<string> Rests(string name, string[] words)
    {
        string upper = name.ToUpperInvariant();
        foreach (string word in words)
        {
            if (upper == word) continue;
            if (upper.StartsWith(word, StringComparison.Ordinal)) yield return $"…{upper[word.Length..]}";
            if (upper.EndsWith(word, StringComparison.Ordinal)) yield return $"{upper[..^word.Length]}…";
        }
    }
}
