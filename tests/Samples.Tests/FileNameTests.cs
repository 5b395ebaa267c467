namespace MlNetRnn.Samples.Tests;

/// <summary>The extension of a file name, by which the samples guess the format.</summary>
public class FileNameTests
{
    [Theory]
    [InlineData("a.tsv", ".tsv")]
    [InlineData("b/a.CoNLLu.GZ", ".conllu")]
    [InlineData("a.gz", "")]
    [InlineData("a", "")]
    public void The_extension_is_that_of_the_text(string path, string expected) => Assert.Equal(expected, FileName.ExtensionOf(path));
}
