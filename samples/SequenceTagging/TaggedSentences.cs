using MlNetRnn.Samples.Tags;
using Spectre.Console;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>Tagged sentences on the screen: words in the colors of their tags with a legend; words with their tags if the output is not a terminal.</summary>
internal static class TaggedSentences
{
    /// <summary>The tag of a word that belongs to no span.</summary>
    private const string Outside = "O";

    private static readonly Dictionary<string, string> Colors = new()
    {
        ["PER"] = "deepskyblue1",
        ["LOC"] = "green3",
        ["ORG"] = "orange1",
        ["DATE"] = "orchid",
        ["NOUN"] = "deepskyblue1",
        ["PROPN"] = "dodgerblue1",
        ["PRON"] = "turquoise2",
        ["VERB"] = "red1",
        ["AUX"] = "lightcoral",
        ["ADJ"] = "green3",
        ["ADV"] = "palegreen3",
        ["ADP"] = "orange1",
        ["DET"] = "gold1",
        ["NUM"] = "orchid",
        ["CCONJ"] = "tan",
        ["SCONJ"] = "darkkhaki",
        ["PART"] = "plum3",
        ["INTJ"] = "hotpink",
    };

    public static void Show(IReadOnlyList<(string[] Tokens, string[] Tags)> sentences)
    {
        bool isPlain = Console.IsOutputRedirected;
        foreach ((string[] tokens, string[] tags) in sentences)
        {
            if (isPlain) Console.WriteLine($"  {Plain(tokens, tags)}");
            else AnsiConsole.MarkupLine("  " + string.Join(' ', tokens.Zip(tags, Colored)));
        }
        if (isPlain) return;
        IEnumerable<string> types = sentences.SelectMany(sentence => sentence.Tags).Select(Type).Where(Colors.ContainsKey).Distinct()
            .Order(StringComparer.Ordinal);
        AnsiConsole.MarkupLine("  Legend: " + string.Join(' ', types.Select(type => Colored(type, type))));
    }

    /// <summary>Returns token/tag pairs; words outside of spans have no tag.</summary>
    public static string Plain(string[] tokens, string[] tags) =>
        string.Join(' ', tokens.Zip(tags, (token, tag) => tag == Outside ? token : TaggedLine.Of([token], [tag])));

    private static string Colored(string token, string tag) =>
        Colors.TryGetValue(Type(tag), out string? color) ? $"[{color}]{Markup.Escape(token)}[/]" : Markup.Escape(token);

    /// <summary>Returns the type of a tag: PER for B-PER and I-PER; a tag that marks no span is its own type.</summary>
    private static string Type(string tag) => tag.StartsWith("B-", StringComparison.Ordinal) || tag.StartsWith("I-", StringComparison.Ordinal) ? tag[2..] : tag;
}
