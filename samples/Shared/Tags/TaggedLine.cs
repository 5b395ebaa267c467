namespace MlNetRnn.Samples.Tags;

/// <summary>A sentence as a line: tokens separated by blanks, with or without their tags.</summary>
public static class TaggedLine
{
    /// <summary>The tokens of a line; none of an empty one.</summary>
    public static string[] Tokens(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>token/tag pairs separated by blanks. Nothing is escaped: the tag is what follows the last stroke.</summary>
    public static string Of(IReadOnlyList<string> tokens, IReadOnlyList<string> tags) => string.Join(' ', tokens.Zip(tags, (token, tag) => $"{token}/{tag}"));
}
