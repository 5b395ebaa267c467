using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Tests;

/// <summary>The format of tagged files that the user does not give.</summary>
public sealed class FormatGuessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.conllu", "", "conllu")]
    [InlineData("a.conllu.gz", "", "conllu")]
    [InlineData("a.CONLL", "", "conll")]
    [InlineData("a.iob", "", "conll")]
    [InlineData("a.bio.gz", "", "conll")]
    [InlineData("a.tsv", "", "conll")]
    [InlineData("a.txt", "EU NNP B-ORG\n1996 CD O\n", "conll")]
    [InlineData("a.txt", "1 2.5 up\n\n-3 NaN down\n", "frames")]
    [InlineData("a.csv", "1,,up\n,2.5,down\n", "frames")]
    [InlineData("a", "0,5 1,5 up\n", "frames")]
    [InlineData("a.txt", "# sent_id = 1\n1\tA\t_\tX\t_\t_\t0\troot\t_\t_\n", "conllu")]
    public void The_format_follows_from_the_extension_or_the_first_lines(string name, string text, string expected) =>
        Assert.Equal(expected, FormatGuess.Of([Write(name, text)]));

    [Fact]
    public void An_unclear_format_is_refused()
    {
        Assert.Contains("Give --format", Assert.Throws<FileException>(() => FormatGuess.Of([Write("a.csv", "Anna,B-PER\nsleeps,O\n")])).Message);
        Assert.Contains(
            "the format is not clear from the name. Give --format (conllu, conll, frames).",
            Assert.Throws<FileException>(() => FormatGuess.Of([Write("a.txt", "")])).Message);
        Assert.Equal(
            "--format: expected files of one format, got conll and conllu. Give --format.",
            Assert.Throws<FileException>(() => FormatGuess.Of([Write("a.conll", ""), Write("a.conllu", "")])).Message);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
