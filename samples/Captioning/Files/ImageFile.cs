using SkiaSharp;

namespace MlNetRnn.Samples.Captioning;

/// <summary>
/// An image file of the user. Files are checked one by one before ML.NET reads them: the exception of LoadImages for a file that is not an image does not
/// contain its path, and ends the work on all others.
/// </summary>
internal static class ImageFile
{
    /// <summary>The maximum number of pixels: 400 MB in memory.</summary>
    private const long MostPixels = 100_000_000;

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"];

    /// <summary>Returns whether the name of a file is that of an image.</summary>
    public static bool IsNamedAsImage(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Reads an image.</summary>
    /// <param name="path">The path.</param>
    /// <param name="fault">Why the file cannot be used; an empty text if it can.</param>
    /// <returns>The image; null if the file cannot be used.</returns>
    public static SKBitmap? Read(string path, out string fault)
    {
        SKBitmap? image = null;
        try
        {
            if (Directory.Exists(path)) fault = "expected an image, got a folder";
            else if (!File.Exists(path)) fault = "there is no such file";
            else
            {
                using FileStream stream = File.OpenRead(path);
                fault = stream.Length == 0 ? "expected an image, got an empty file" : Decode(stream, out image);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = OneLine.Message(e);
        }
        if (fault.Length == 0) return image;
        image?.Dispose();
        return null;
    }

    private static string Decode(Stream stream, out SKBitmap? image)
    {
        image = null;
        using SKCodec? codec = SKCodec.Create(stream);
        if (codec is null) return "expected an image (JPEG, PNG, GIF, BMP or WebP), got something else, or a damaged file";
        SKImageInfo info = codec.Info;
        if ((long)info.Width * info.Height > MostPixels)
            return $"expected at most {MostPixels / 1_000_000} megapixels, got {info.Width} × {info.Height} pixels. Make the image smaller";
        image = new SKBitmap(new SKImageInfo(info.Width, info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        return codec.GetPixels(image.Info, image.GetPixels()) switch
        {
            SKCodecResult.Success => "",
            SKCodecResult.IncompleteInput => "expected a complete image, got one whose data ends early. Copy the file again",
            SKCodecResult result => $"expected an image, got a damaged one ({result}). Copy the file again",
        };
    }
}
