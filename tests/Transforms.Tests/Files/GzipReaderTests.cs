using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Files;

namespace MlNetRnn.Transforms.Tests.Files;

/// <summary>Tests that compressed files are read completely or rejected.</summary>
public class GzipReaderTests
{
    private static readonly byte[] Short = "EU B-ORG\nrejects O\n\nPeter B-PER\n"u8.ToArray();
    private static readonly byte[] Long = Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, 30_000).Select(i => $"word{i * 7919 % 10007} tag{i % 17}\n")));

    [Fact]
    public void Every_truncation_is_rejected()
    {
        byte[] packed = Packed(Short);
        for (int length = 1; length < packed.Length; length++) Assert.Throws<FormatException>(() => Unpacked(packed[..length]));
        Assert.Equal(Short, Unpacked(packed));
    }

    [Fact]
    public void Every_truncation_except_between_members_is_rejected()
    {
        byte[] one = Packed(Short), two = [.. one, .. Packed([]), .. WithHeaderFields(one)];
        int second = one.Length + Packed([]).Length;
        for (int length = 1; length < two.Length; length++)
        {
            if (length == one.Length || length == second) Assert.Equal(Short, Unpacked(two[..length]));
            else if (length < one.Length + 2 || length > second) Assert.ThrowsAny<FormatException>(() => Unpacked(two[..length]));
        }
        Assert.Equal([.. Short, .. Short], Unpacked(two));
    }

    [Property(MaxTest = 60)]
    public bool Truncations_of_a_long_file_are_rejected(NonNegativeInt at, PositiveInt piece)
    {
        byte[] packed = Packed(Long);
        int length = 1 + at.Get * 7919 % (packed.Length - 1);
        return Fails(packed[..length], piece.Get * 101);
    }

    /// <summary>Some bits do not affect the content: time, system and level in the header, and the padding of the last byte of the data.</summary>
    [Fact]
    public void Every_flipped_bit_is_rejected_or_harmless()
    {
        byte[] packed = Packed(Short);
        int refused = 0;
        for (int bit = 0; bit < 8 * packed.Length; bit++)
        {
            byte[] flipped = [.. packed];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Fails(flipped, int.MaxValue)) refused++;
            else Assert.Equal(Short, Unpacked(flipped));
        }
        Assert.InRange(8 * packed.Length - refused, 6 * 8, 6 * 8 + 8);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Several_members_of_any_size_are_read_in_any_pieces(CompressionLevel level)
    {
        byte[] content = [.. Long, .. Short, .. Long], packed = [.. Packed(Long, level), .. Packed([], level), .. Packed(Short, level), .. Packed(Long, level)];
        foreach (int piece in new[] { 1, 7, 8191, 8192, 65536, int.MaxValue }) Assert.Equal(content, Unpacked(packed, piece));
    }

    [Fact]
    public void Zeros_may_follow_but_not_other_bytes()
    {
        Assert.Equal(Short, Unpacked([.. Packed(Short), .. new byte[1000]]));
        Assert.Empty(Unpacked([.. Packed([]), 0, 0]));
        Assert.Contains("data that is not gzip", Assert.Throws<FormatException>(() => Unpacked([.. Packed(Short), .. "garbage of ten bytes"u8])).Message);
    }

    [Fact]
    public void Names_comments_and_checksums_of_headers_are_skipped() => Assert.Equal(Short, Unpacked(WithHeaderFields(Packed(Short))));

    [Fact]
    public void The_message_contains_the_file_and_the_remedy() => Assert.Equal(
        "a.gz: expected a complete gzip file, got data that ends too early or does not match its checksum. "
        + "The file is damaged or was cut off; copy or download it again (gzip -t checks it).",
        Assert.Throws<FormatException>(() => Unpacked(Packed(Short)[..^1])).Message);

    internal static byte[] Packed(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var bytes = new MemoryStream();
        // .NET writes no bytes for an empty input.
        if (content.Length == 0) return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using (var packed = new GZipStream(bytes, level)) packed.Write(content);
        return bytes.ToArray();
    }

    private static byte[] WithHeaderFields(byte[] packed) =>
        [0x1F, 0x8B, 8, 1 | 2 | 4 | 8 | 16, .. packed[4..10], 3, 0, 1, 2, 3, .. "name.txt\0a comment\0"u8, 0xAB, 0xCD, .. packed[10..]];

    private static byte[] Unpacked(byte[] packed, int piece = int.MaxValue)
    {
        using var reader = new GzipReader(new InPieces(packed, piece), "a.gz");
        using var bytes = new MemoryStream();
        reader.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool Fails(byte[] packed, int piece)
    {
        try
        {
            Unpacked(packed, piece);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
