using System.Text.RegularExpressions;

namespace MlNetRnn.Contracts;

/// <summary>The examples in the documents are files that the build compiles.</summary>
public class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/guide/getting-started.md")]
    public void The_first_example_is_the_quickstart_sample(string document)
    {
        string sample = Read("samples", "Quickstart", "Program.cs").Trim();
        Assert.Equal(sample, CodeIn(document)[0]);
        Assert.InRange(sample.Split('\n').Length, 1, 22);
    }

    [Fact]
    public void The_examples_for_AutoML_are_the_files_of_AutoMLSnippets()
    {
        string[] files = ["SweptClassifier.cs", "SpanF1Runner.cs", "TheirTuner.cs"];
        Assert.Equal(files.Select(file => Read("tests", "AutoMLSnippets", file).Trim()), CodeIn("docs", "automl.md")[^3..]);
    }

    private static string[] CodeIn(params string[] document) =>
        [.. Regex.Matches(Read(document), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value.Trim())];

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");
}
