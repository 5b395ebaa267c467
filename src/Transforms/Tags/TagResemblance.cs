namespace MlNetRnn.Tags;

/// <summary>Tags that look as if they were meant to mark spans, but are not of a scheme: their user expects spans and must learn that there are none.</summary>
internal static class TagResemblance
{
    private static readonly string[] Begins = ["B", "BEGIN", "BEGINNING", "BEG", "START"], Continues = ["I", "M", "INSIDE", "INS", "IN", "MIDDLE", "MID", "CONT", "CONTINUE"];

    /// <summary>A tag that begins something and one that continues it; null where there are none.</summary>
    public static (string Begin, string Inside)? Of(IReadOnlyList<string> names)
    {
        if (TagScheme.Of(names) is not null) return null;
        ILookup<string, string> continuing = names.SelectMany(name => Rests(name, Continues).Select(rest => (rest, name))).ToLookup(pair => pair.rest, pair => pair.name);
        foreach (string name in names)
            foreach (string rest in Rests(name, Begins))
                if (continuing[rest].FirstOrDefault(other => other != name) is { } inside) return (name, inside);
        return null;
    }

    /// <summary>What is left of a name without one of the words in front or at the end.</summary>
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
