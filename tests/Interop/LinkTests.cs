using System.Text.RegularExpressions;

namespace MlNetRnn.Interop;

/// <summary>
/// Relative links of README, docs and package readmes lead to a file, and to a heading if they name one; the architecture page names types that exist.
/// </summary>
public partial class LinkTests
{
    public static TheoryData<string> Documents => [.. SnippetTests.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, document))!;
        string text = Code().Replace(File.ReadAllText(Path.Combine(Checkout.Root, document)), "");
        foreach (Match link in Link().Matches(text))
        {
            string[] parts = link.Groups["target"].Value.Split('#', 2);
            string file = parts[0].Length == 0 ? Path.Combine(Checkout.Root, document) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            Assert.True(File.Exists(file), $"{document}: {link.Value}: there is no file {file}.");
            if (parts.Length == 2) Assert.True(Anchors(file).Contains(parts[1]), $"{document}: {link.Value}: {parts[0]} has no heading of that name.");
        }
    }

    /// <summary>A renamed or deleted type that docs/architecture.md still mentions fails this test.</summary>
    [Fact]
    public void Names_on_the_architecture_page_occur_in_the_sources()
    {
        string[] sources =
        [
            .. from folder in new[] { "src", "tests", "build" }
               from file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*", SearchOption.AllDirectories)
               let path = Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/')
               where !path.Contains("/bin/") && !path.Contains("/obj/") && Path.GetExtension(path) is ".cs" or ".props" or ".targets" or ".csproj"
               from text in new[] { path, File.ReadAllText(file) }
               select text,
        ];
        HashSet<string> words = [.. sources.SelectMany(text => Word().Matches(text)).Select(word => word.Value)];
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "architecture.md"));
        IEnumerable<string> names = Code().Matches(page).Where(code => !code.Value.StartsWith("```", StringComparison.Ordinal))
            .SelectMany(code => TypeName().Matches(code.Value)).Select(name => name.Value);
        Assert.Empty(names.Where(name => !words.Contains(name)).Distinct());
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

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b[A-Z]\w*[a-z]\w*")]
    private static partial Regex TypeName();
}
