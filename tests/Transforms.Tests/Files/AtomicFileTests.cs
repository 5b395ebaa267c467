using System.Text;
using MlNetRnn.Files;

namespace MlNetRnn.Transforms.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlnetrnn-test-").FullName;

    private string File => Path.Combine(_folder, "state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(AtomicFile.NewSuffix)]
    public void The_old_content_stays_if_writing_fails(string? suffix)
    {
        Write("old", suffix);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(File, _ => throw new InvalidOperationException(), suffix: suffix));
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_fixed_suffix_replaces_what_a_killed_process_left()
    {
        System.IO.File.WriteAllText(File + AtomicFile.NewSuffix, "half of a longer content");
        Write("new", AtomicFile.NewSuffix);
        Assert.Equal("new", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private void Write(string text, string? suffix) => AtomicFile.Write(File, stream => stream.Write(Encoding.UTF8.GetBytes(text)), suffix: suffix);
}
