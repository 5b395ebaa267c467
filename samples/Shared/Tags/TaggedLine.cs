namespace MlNetRnn.Samples.Tags;

/// <summary>A sentence as a line: tokens separated by blanks, with or without their tags.</summary>
public static class TaggedLine
{
    /// <summary>Returns the tokens of a line; none for an empty line.</summary>
    public static string[] Tokens(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns token/tag pairs separated by blanks. Nothing is escaped: the tag follows the last slash.</summary>
    public static string Of(IReadOnlyList<string> tokens, IReadOnlyList<string> tags) => string.Join(' ', tokens.Zip(tags, (token, tag) => $"{token}/{tag}"));
}
