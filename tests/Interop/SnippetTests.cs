using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlNetRnn.Interop;

/// <summary>
/// Every C# snippet of README, docs and package readmes compiles when pasted into a new project with implicit usings. A snippet after the comment
/// "continues" is pasted below the previous one.
/// </summary>
public class SnippetTests
{
    /// <summary>
    /// Texts of snippets that other projects compile: tests/AutoMLSnippets, with declared types instead of a package, and tests/ServingSnippet, with
    /// ASP.NET. Other tests assert that those projects equal the documents.
    /// </summary>
    private static readonly string[] CompiledElsewhere = ["using Microsoft.ML.AutoML;", "using AutoML = Microsoft.ML.AutoML;", "WebApplication.CreateBuilder"];

    private static readonly string[] ImplicitUsings =
    [
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

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
    public void A_pasted_snippet_compiles(string document, int program)
    {
        string[] snippets = ProgramsIn(document)[program];
        string usings = string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"));
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(usings), CSharpSyntaxTree.Create(Joined(snippets))];
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Snippet", trees, References, options);
        IEnumerable<Diagnostic> errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>A block without a language is for a shell. C# needs its language, or no test compiles it.</summary>
    [Fact]
    public void Every_block_of_CSharp_names_its_language()
    {
        foreach (string document in Documents())
            foreach (Match block in Regex.Matches(Read(document), "^```([^\n]*)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline))
                Assert.False(block.Groups[1].Value is "" or "console" && LooksLikeCSharp(block.Groups[2].Value), $"{document}: {block.Groups[2].Value}");

        static bool LooksLikeCSharp(string code) => Regex.IsMatch(code, @"^(using |var |IDataView |ITransformer )|;\s*$", RegexOptions.Multiline);
    }

    /// <summary>Joins snippets into one program: usings first, then statements, then types, in the order that the compiler requires.</summary>
    private static CompilationUnitSyntax Joined(string[] snippets)
    {
        CompilationUnitSyntax[] units = [.. snippets.Select(snippet => CSharpSyntaxTree.ParseText(snippet).GetCompilationUnitRoot())];
        MemberDeclarationSyntax[] members = [.. units.SelectMany(unit => unit.Members)];
        return SyntaxFactory.CompilationUnit()
            .WithUsings(SyntaxFactory.List(units.SelectMany(unit => unit.Usings).DistinctBy(directive => directive.ToString())))
            .WithMembers(SyntaxFactory.List(members.OrderBy(member => member is not GlobalStatementSyntax)));
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

    internal static IEnumerable<string> Documents()
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(Checkout.Root, "samples")), .. new[] { "docs/guide", "docs", "nuget" }.Select(Folder)];
        return new[] { "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "benchmarks/Peers/README.md" }
            .Concat(folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.md")).Select(Relative))
            .Order(StringComparer.Ordinal);

        static string Folder(string name) => Path.Combine(Checkout.Root, name);

        static string Relative(string file) => Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/');
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Checkout.Root, document)).ReplaceLineEndings("\n");

    /// <summary>Returns the assemblies that these tests run with.</summary>
    private static MetadataReference[] FindReferences() =>
        [.. Assemblies().Where(File.Exists).Select(file => MetadataReference.CreateFromFile(file))];

    private static string[] Assemblies() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
