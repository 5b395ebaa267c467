using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace MlNetRnn.Images.Tests;

/// <summary>Writes image files of forms that ML.NET reads but does not write.</summary>
internal static class PictureFile
{
    /// <summary>Returns a PNG file of 8 bits per channel.</summary>
    /// <param name="colorType">0: gray, 3: palette, 6: red, green, blue, alpha.</param>
    /// <param name="width">The width.</param>
    /// <param name="height">The height.</param>
    /// <param name="pixel">Returns the bytes of a pixel.</param>
    /// <param name="palette">Three bytes for each color.</param>
    public static byte[] Png(byte colorType, int width, int height, Func<int, int, byte[]> pixel, byte[]? palette = null)
    {
        var rows = new List<byte>();
        for (int y = 0; y < height; y++)
        {
            rows.Add(0);        // no filter
            for (int x = 0; x < width; x++) rows.AddRange(pixel(x, y));
        }
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write([.. rows]);
        byte[] header = [.. BigEndian(width), .. BigEndian(height), 8, colorType, 0, 0, 0];
        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10,
            .. Chunk("IHDR", header), .. palette is null ? [] : Chunk("PLTE", palette), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    /// <summary>Returns a JPEG file of 8 × 8 pixels of one color, as cyan, magenta, yellow and black, inverted as Adobe's programs write them.</summary>
    /// <param name="inks">255 minus the ink, for each of the four; differs from 128 by 64 to 127.</param>
    public static byte[] CmykJpeg(params byte[] inks)
    {
        var bits = new StringBuilder();
        foreach (byte ink in inks)
        {
            int value = ink - 128, size = 7;                    // the mean of the block, with a quantizer of 8
            bits.Append("01").Append(Convert.ToString(value > 0 ? value : value + (1 << size) - 1, 2).PadLeft(size, '0')).Append('0');
        }
        while (bits.Length % 8 != 0) bits.Append('1');
        byte[] data = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.ToString(8 * i, 8), 2))];
        Assert.DoesNotContain((byte)0xFF, data);
        byte[] quantizers = [0, .. Enumerable.Repeat((byte)8, 64)];
        byte[] frame = [8, 0, 8, 0, 8, 4, .. Enumerable.Range(1, 4).SelectMany(i => new byte[] { (byte)i, 0x11, 0 })];
        byte[] means = [0x00, 0, 2, .. new byte[14], 0, 7], others = [0x10, 1, .. new byte[15], 0];
        byte[] scan = [4, .. Enumerable.Range(1, 4).SelectMany(i => new byte[] { (byte)i, 0 }), 0, 63, 0];
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0];
        return
        [
            0xFF, 0xD8, .. Segment(0xEE, adobe), .. Segment(0xDB, quantizers), .. Segment(0xC0, frame), .. Segment(0xC4, means), .. Segment(0xC4, others),
            .. Segment(0xDA, scan), .. data, 0xFF, 0xD9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        return [.. BigEndian(content.Length), .. body, .. BigEndian((int)Crc32.HashToUInt32(body))];
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
