using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlNetRnn.Interop;

/// <summary>
/// Every C# snippet of README, docs and package readmes compiles when it is pasted into a new project with implicit usings. A snippet after the comment "continues" is pasted below the
/// previous one.
/// </summary>
public class SnippetTests
{
    /// <summary>
    /// What only snippets contain that projects of their own compile: tests/AutoMLSnippets, against the shape of a package that is not referenced, and tests/ServingSnippet, with
    /// ASP.NET. Other tests hold those equal to the documents.
    /// </summary>
    private static readonly string[] CompiledElsewhere = ["using Microsoft.ML.AutoML;", "using AutoML = Microsoft.ML.AutoML;", "WebApplication.CreateBuilder"];

    private static readonly string[] ImplicitUsings = ["System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
    private static readonly MetadataReference[] References = FindReferences();

    public static TheoryData<string, int> Programs
    {
        get
        {
            var programs = new TheoryData<string, int>();
            foreach (string document in Documents())
                for (int i = 0; i < ProgramsIn(document).Count; i++) programs.Add(document, i);
            return programs;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void It_compiles_as_pasted(string document, int program)
    {
        string[] snippets = ProgramsIn(document)[program];
        string usings = string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"));
        var compilation = CSharpCompilation.Create("Snippet", [CSharpSyntaxTree.ParseText(usings), CSharpSyntaxTree.Create(Joined(snippets))], References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>A snippet without a language is a shell's: C# must be marked as such, or it would not be compiled.</summary>
    [Fact]
    public void Nothing_that_looks_like_CSharp_is_without_its_language()
    {
        foreach (string document in Documents())
            foreach (Match block in Regex.Matches(Read(document), "^```\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline))
                Assert.False(Regex.IsMatch(block.Groups[1].Value, @"^(using |var |IDataView |ITransformer )|;\s*$", RegexOptions.Multiline), $"{document}: {block.Groups[1].Value}");
    }

    /// <summary>One program out of several snippets: usings first, then statements, then types, as the compiler wants them.</summary>
    private static CompilationUnitSyntax Joined(string[] snippets)
    {
        CompilationUnitSyntax[] units = [.. snippets.Select(snippet => CSharpSyntaxTree.ParseText(snippet).GetCompilationUnitRoot())];
        MemberDeclarationSyntax[] members = [.. units.SelectMany(unit => unit.Members)];
        return SyntaxFactory.CompilationUnit()
            .WithUsings(SyntaxFactory.List(units.SelectMany(unit => unit.Usings).DistinctBy(directive => directive.ToString())))
            .WithMembers(SyntaxFactory.List(members.OfType<GlobalStatementSyntax>().Concat(members.Where(member => member is not GlobalStatementSyntax))));
    }

    private static List<string[]> ProgramsIn(string document)
    {
        var programs = new List<string[]>();
        foreach (Match match in Regex.Matches(Read(document), "(<!-- continues -->\n+)?```csharp\n(.*?)```", RegexOptions.Singleline))
        {
            string snippet = Regex.Replace(match.Groups[2].Value, "^#:.*\n", "", RegexOptions.Multiline);       // packages of a file-based app
            if (CompiledElsewhere.Any(snippet.Contains)) continue;
            if (match.Groups[1].Success) programs[^1] = [.. programs[^1], snippet];
            else programs.Add([snippet]);
        }
        return programs;
    }

    internal static IEnumerable<string> Documents() =>
        new[] { "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "benchmarks/Peers/README.md" }
            .Concat(Directory.GetDirectories(Path.Combine(Root, "samples")).Append(Path.Combine(Root, "docs", "guide"))
                .Append(Path.Combine(Root, "docs")).Append(Path.Combine(Root, "nuget"))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md"))
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')))
            .Order(StringComparer.Ordinal);

    private static string Read(string document) => File.ReadAllText(Path.Combine(Root, document)).ReplaceLineEndings("\n");

    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "MlNetRnn.sln"))) return d.FullName;
        throw new DirectoryNotFoundException("The tests run inside a checkout: no MlNetRnn.sln was found above them.");
    }

    /// <summary>The assemblies that these tests run with.</summary>
    private static MetadataReference[] FindReferences() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists).Select(file => MetadataReference.CreateFromFile(file))];
}
