namespace MlNetRnn.Contracts;

/// <summary>What the README shows is a program that is compiled and run.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_first_example_is_the_quickstart_sample()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "Quickstart", "Program.cs")).ReplaceLineEndings("\n");
        const string Fence = "```csharp\n";
        int start = readme.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        Assert.Equal(sample.Trim(), readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)].Trim());
        Assert.InRange(sample.Trim().Split('\n').Length, 1, 22);
    }
}
