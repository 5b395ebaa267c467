using System.Buffers.Binary;
using System.Text;
using MlNetRnn.Native;
using TorchSharp;

namespace MlNetRnn.Trainers.Tests.Native;

public class ElfVersionsTests
{
    [Fact]
    public void Marks_one_required_version_as_weak_and_changes_nothing_else()
    {
        byte[] image = Library("GLIBC_2.2.5", "GLIBCXX_3.4.32", "GLIBCXX_3.4.3"), patched = [.. image];
        Assert.True(ElfVersions.Weaken(patched, "GLIBCXX_3.4.32"));
        int[] changed = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != patched[i])];
        Assert.Equal([VersionAt(1) + 4], changed);
        Assert.Equal(2, patched[VersionAt(1) + 4]);
    }

    [Fact]
    public void Does_not_change_a_library_that_does_not_require_the_version()
    {
        byte[] image = Library("GLIBC_2.2.5"), patched = [.. image];
        Assert.False(ElfVersions.Weaken(patched, "GLIBCXX_3.4.32"));
        Assert.Equal(image, patched);
    }

    [Theory]
    [InlineData(0, 0x7e)]       // magic number
    [InlineData(4, 1)]          // 32 bits
    [InlineData(5, 2)]          // big-endian
    public void Does_not_change_a_file_of_another_format(int at, byte value)
    {
        byte[] image = Library("GLIBCXX_3.4.32");
        image[at] = value;
        byte[] before = [.. image];
        Assert.False(ElfVersions.Weaken(image, "GLIBCXX_3.4.32"));
        Assert.Equal(before, image);
    }

    [Fact]
    public void Does_not_throw_for_a_truncated_file()
    {
        byte[] image = Library("GLIBC_2.2.5", "GLIBCXX_3.4.32");
        for (int length = 0; length < image.Length; length++) ElfVersions.Weaken(image.AsSpan(0, length).ToArray(), "GLIBCXX_3.4.32");
        Assert.False(ElfVersions.Weaken(image.AsSpan(0, NeedAt).ToArray(), "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void Neither_throws_nor_hangs_for_a_damaged_file()
    {
        byte[] image = Library("GLIBC_2.2.5", "GLIBCXX_3.4.32");
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. image];
            for (int flips = random.Next(1, 20); flips > 0; flips--) damaged[random.Next(6, 400)] = (byte)random.Next(256);
            ElfVersions.Weaken(damaged, "GLIBCXX_3.4.32");
        }
    }

    [Fact]
    public void Loads_libtorch()
    {
        LibtorchLoader.EnsureLoaded();
        using torch.Tensor one = torch.ones(1);
        Assert.Equal(1, one.item<float>());
    }

    private const int HeaderSize = 64, SectionSize = 64, NeedAt = HeaderSize + 3 * SectionSize;

    private static int VersionAt(int version) => NeedAt + 16 + 16 * version;

    /// <summary>
    /// Creates a minimal ELF64 library: a header, three sections (none, strings, required versions), and one library that is required in some versions.
    /// </summary>
    private static byte[] Library(params string[] versions)
    {
        var image = new byte[2000];
        int strings = VersionAt(versions.Length);
        void U16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), (ushort)value);
        void U32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), value);
        void U64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(at), value);
        "\u007fELF\u0002\u0001"u8.CopyTo(image);
        U64(0x28, HeaderSize);
        U16(0x3A, SectionSize);
        U16(0x3C, 3);
        U32(HeaderSize + SectionSize + 4, 3);                           // SHT_STRTAB
        U64(HeaderSize + SectionSize + 24, (ulong)strings);
        U32(HeaderSize + 2 * SectionSize + 4, 0x6ffffffe);              // SHT_GNU_verneed
        U64(HeaderSize + 2 * SectionSize + 24, NeedAt);
        U32(HeaderSize + 2 * SectionSize + 40, 1);
        U32(HeaderSize + 2 * SectionSize + 44, 1);
        U16(NeedAt + 2, versions.Length);
        U32(NeedAt + 8, 16);
        int name = 1;
        for (int v = 0; v < versions.Length; v++)
        {
            U32(VersionAt(v) + 8, (uint)name);
            U32(VersionAt(v) + 12, 16);
            name += Encoding.ASCII.GetBytes(versions[v], image.AsSpan(strings + name)) + 1;
        }
        return image;
    }
}
