using SkiaSharp;

namespace MlNetRnn.Samples;

/// <summary>
/// An image file of the user. Files are checked one by one before ML.NET reads them: the exception of LoadImages for a file that is not an image does not
/// contain its path, and ends the work on all others.
/// </summary>
public static class ImageFile
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
        try
        {
            if (Directory.Exists(path)) fault = "expected an image, got a folder";
            else if (!File.Exists(path)) fault = "there is no such file";
            else
            {
                using FileStream stream = File.OpenRead(path);
                if (stream.Length > 0) return DecodedImage.Decode(stream, MostPixels, out fault);
                fault = "expected an image, got an empty file";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = OneLine.Message(e);
        }
        return null;
    }
}
