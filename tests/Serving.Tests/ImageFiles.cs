using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net.Http.Headers;
using SkiaSharp;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Image files for the tests.</summary>
internal static class ImageFiles
{
    /// <summary>Returns a PNG file of a scene.</summary>
    public static byte[] Scene(int number = 0) => Captioning.Scene.Draw(number + 1, seed: 7)[number].ToPng();

    /// <summary>Returns a file of a colorful image.</summary>
    public static byte[] Encode(SKEncodedImageFormat format, int width, int height, byte alpha = 255)
    {
        using var image = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) image.SetPixel(x, y, new SKColor((byte)(255 * x / width), (byte)(255 * y / height), (byte)(x * y), alpha));
        using SKData data = image.Encode(format, quality: 90);
        return data.ToArray();
    }

    /// <summary>Returns a PNG file with another size in its header.</summary>
    public static byte[] Sized(byte[] png, int width, int height)
    {
        const int Header = 12, Length = 17;
        byte[] changed = [.. png];
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(Header + 4), width);
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(Header + 8), height);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(Header + Length), Crc32.HashToUInt32(changed.AsSpan(Header, Length)));
        return changed;
    }

    /// <summary>Returns the body of a request.</summary>
    public static ByteArrayContent Content(byte[] file, string? type = "image/png")
    {
        var content = new ByteArrayContent(file);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
