namespace MlNetRnn.Samples;

/// <summary>Texts of the user, such as names of classes, in lines of output.</summary>
public static class OneLine
{
    private const int Longest = 60;

    /// <summary>Returns a text as one line: line breaks and tabs, and the backslashes of a text that contains them, are written as \n, \r, \t and \\.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAny('\n', '\r', '\t')
        ? text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")
        : text;

    /// <summary>Returns the beginning of a text, for a message.</summary>
    public static string Shortened(string text) => Of(text.Trim()) is { Length: > Longest } longText ? longText[..Longest] + "…" : Of(text.Trim());

    /// <summary>Returns the message of an exception in one line, without the name of a parameter in the code.</summary>
    public static string Message(Exception exception)
    {
        string message = exception.Message.ReplaceLineEndings(" ");
        int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? message : message[..parameter];
    }

    /// <summary>Returns a count with its noun: "1 row", "2 rows".</summary>
    public static string Count(int count, string things) => $"{count} {(count == 1 ? things.TrimEnd('s') : things)}";

    /// <summary>Returns values and their counts, the most frequent first: "a 3, b 2, …".</summary>
    /// <param name="counts">The values.</param>
    /// <param name="most">The maximum number of values in the text.</param>
    public static string Counts(IReadOnlyCollection<KeyValuePair<string, int>> counts, int most = 10)
    {
        IEnumerable<string> first = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(most)
            .Select(count => $"{(count.Key.Length == 0 ? "(none)" : Shortened(count.Key))} {count.Value}");
        return string.Join(", ", first) + (counts.Count > most ? $", … ({counts.Count} in all)" : "");
    }

    /// <summary>Returns the first values, for a message: "a, b, c, …".</summary>
    public static string First(IEnumerable<string> values, int most = 5)
    {
        string[] first = [.. values.Take(most + 1).Select(Shortened)];
        return string.Join(", ", first.Take(most)) + (first.Length > most ? ", …" : "");
    }
}
