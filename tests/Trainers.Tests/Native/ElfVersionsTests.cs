using System.Buffers.Binary;
using System.Text;
using MlNetRnn.Native;
using TorchSharp;

namespace MlNetRnn.Trainers.Tests.Training;

public class ElfVersionsTests
{
    [Fact]
    public void Marks_the_need_for_one_version_as_weak_and_touches_nothing_else()
    {
        byte[] image = Library("GLIBC_2.2.5", "GLIBCXX_3.4.32", "GLIBCXX_3.4.3"), mended = [.. image];
        Assert.True(ElfVersions.Weaken(mended, "GLIBCXX_3.4.32"));
        int[] changed = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != mended[i])];
        Assert.Equal([VersionAt(1) + 4], changed);
        Assert.Equal(2, mended[VersionAt(1) + 4]);
    }

    [Fact]
    public void A_library_without_that_need_is_left_alone()
    {
        byte[] image = Library("GLIBC_2.2.5"), mended = [.. image];
        Assert.False(ElfVersions.Weaken(mended, "GLIBCXX_3.4.32"));
        Assert.Equal(image, mended);
    }

    [Theory]
    [InlineData(0, 0x7e)]       // magic number
    [InlineData(4, 1)]          // 32 bits
    [InlineData(5, 2)]          // big-endian
    public void A_file_of_another_kind_is_left_alone(int at, byte value)
    {
        byte[] image = Library("GLIBCXX_3.4.32");
        image[at] = value;
        byte[] before = [.. image];
        Assert.False(ElfVersions.Weaken(image, "GLIBCXX_3.4.32"));
        Assert.Equal(before, image);
    }

    [Fact]
    public void A_file_that_is_cut_short_anywhere_does_not_throw()
    {
        byte[] image = Library("GLIBC_2.2.5", "GLIBCXX_3.4.32");
        for (int length = 0; length < image.Length; length++) ElfVersions.Weaken(image.AsSpan(0, length).ToArray(), "GLIBCXX_3.4.32");
        Assert.False(ElfVersions.Weaken(image.AsSpan(0, NeedAt).ToArray(), "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void A_damaged_file_neither_throws_nor_hangs()
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
    public void Libtorch_is_loaded()
    {
        NativeTorch.EnsureLoaded();
        using torch.Tensor one = torch.ones(1);
        Assert.Equal(1, one.item<float>());
    }

    private const int HeaderSize = 64, SectionSize = 64, NeedAt = HeaderSize + 3 * SectionSize;

    private static int VersionAt(int version) => NeedAt + 16 + 16 * version;

    /// <summary>The least of an ELF64 library: a header, three sections (none, strings, needed versions), one library needed in some versions.</summary>
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
