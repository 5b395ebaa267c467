using SkiaSharp;

namespace MlNetRnn.Samples;

/// <summary>
/// The decoding of an image file. It finds what ML.NET does not: LoadImages reads a truncated image as if it were complete, and an image of any size, for which
/// the memory may be insufficient.
/// </summary>
public static class DecodedImage
{
    /// <summary>The kinds of files that can be decoded.</summary>
    public const string Kinds = "JPEG, PNG, GIF, BMP or WebP";

    /// <summary>Other formats are refused: nearly any bytes after two zeros are a WBMP image, such as a file in the IDX format.</summary>
    private static readonly SKEncodedImageFormat[] Formats =
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Gif, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Webp];

    /// <summary>Decodes an image. Its size is read first, so that a small file cannot become a bitmap of gigabytes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostPixels">The maximum number of pixels, each of which takes 4 bytes.</param>
    /// <param name="fault">Why the file cannot be used; an empty text if it can.</param>
    /// <returns>The image; <see langword="null"/> if the file cannot be used.</returns>
    public static SKBitmap? Decode(Stream file, long mostPixels, out string fault)
    {
        using SKCodec? codec = SKCodec.Create(file);
        if (codec is null || !Formats.Contains(codec.EncodedFormat))
        {
            fault = $"expected an image ({Kinds}), got something else, or a damaged file";
            return null;
        }
        SKImageInfo info = codec.Info;
        if ((long)info.Width * info.Height > mostPixels)
        {
            fault = $"expected at most {mostPixels / 1_000_000} megapixels, got {info.Width} × {info.Height} pixels. Make the image smaller";
            return null;
        }
        var image = new SKBitmap(new SKImageInfo(info.Width, info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        fault = codec.GetPixels(image.Info, image.GetPixels()) switch
        {
            SKCodecResult.Success => "",
            SKCodecResult.IncompleteInput => "expected a complete image, got one whose data ends early. Copy or send the file again",
            SKCodecResult result => $"expected an image, got a damaged one ({result}). Copy or send the file again",
        };
        if (fault.Length == 0) return image;
        image.Dispose();
        return null;
    }
}
