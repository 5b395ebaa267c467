using System.Text.RegularExpressions;

namespace MlNetRnn.Interop;

/// <summary>Relative links of README, docs and package readmes lead to a file, and to a heading if they name one.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Documents => [.. SnippetTests.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(SnippetTests.Root, document))!;
        string text = Code().Replace(File.ReadAllText(Path.Combine(SnippetTests.Root, document)), "");
        foreach (Match link in Link().Matches(text))
        {
            string[] parts = link.Groups["target"].Value.Split('#', 2);
            string file = parts[0].Length == 0 ? Path.Combine(SnippetTests.Root, document) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            Assert.True(File.Exists(file), $"{document}: {link.Value}: there is no file {file}.");
            if (parts.Length == 2) Assert.True(Anchors(file).Contains(parts[1]), $"{document}: {link.Value}: {parts[0]} has no heading of that name.");
        }
    }

    /// <summary>The names of headings as GitHub and docfx make them.</summary>
    private static HashSet<string> Anchors(string file) =>
        [.. Heading().Matches(CodeBlock().Replace(File.ReadAllText(file), "")).Select(heading =>
            Symbol().Replace(heading.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^```.*?^```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    /// <summary>A link or picture with a relative target, without a scheme such as https: or xref:.</summary>
    [GeneratedRegex(@"\[[^\]]*\]\((?<target>(?![a-z]+:)[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Symbol();
}
