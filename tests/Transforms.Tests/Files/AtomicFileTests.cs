using System.Text;
using MlNetRnn.Files;

namespace MlNetRnn.Transforms.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("state");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(AtomicFile.NewSuffix)]
    public void The_old_content_stays_if_writing_fails(string? suffix)
    {
        Write("old", suffix);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(File, _ => throw new InvalidOperationException(), suffix: suffix));
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_fixed_suffix_replaces_what_a_killed_process_left()
    {
        System.IO.File.WriteAllText(File + AtomicFile.NewSuffix, "half of a longer content");
        Write("new", AtomicFile.NewSuffix);
        Assert.Equal("new", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    private void Write(string text, string? suffix) => AtomicFile.Write(File, stream => stream.Write(Encoding.UTF8.GetBytes(text)), suffix: suffix);
}
