using SkiaSharp;

namespace MlNetRnn.Samples.Grid;

/// <summary>A gray image of the user, with its class.</summary>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Pixels">0 for black to 255 for white, row by row.</param>
/// <param name="Label">The class; empty if it is not known.</param>
internal sealed record GrayImage(int Height, int Width, byte[] Pixels, string Label)
{
    /// <summary>Converts an image, with the weights of ITU-R BT.601 for red, green and blue. Transparent pixels become white.</summary>
    /// <param name="image">The image.</param>
    /// <param name="size">Height and width to which it is resized; null for its own.</param>
    /// <param name="label">The class.</param>
    public static GrayImage Of(SKBitmap image, (int Height, int Width)? size, string label)
    {
        (int height, int width) = size ?? (image.Height, image.Width);
        using var opaque = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(opaque))
        using (SKImage original = SKImage.FromBitmap(image))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawImage(original, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }
        ReadOnlySpan<byte> colors = opaque.GetPixelSpan();
        var pixels = new byte[height * width];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)((299 * colors[4 * i] + 587 * colors[4 * i + 1] + 114 * colors[4 * i + 2] + 500) / 1000);
        return new GrayImage(height, width, pixels, label);
    }

    /// <summary>Returns the image with black and white exchanged.</summary>
    public GrayImage Inverted() => this with { Pixels = Array.ConvertAll(Pixels, pixel => (byte)(255 - pixel)) };
}
