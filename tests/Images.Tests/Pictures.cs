using Microsoft.ML.Data;

namespace MlNetRnn.Images.Tests;

/// <summary>Pictures that the tests draw.</summary>
internal static class Pictures
{
    /// <summary>Draws gradients, a checkerboard and noise.</summary>
    public static MLImage Draw(int width = 320, int height = 240, int seed = 1)
    {
        var random = new Random(seed);
        return Draw(width, height, (x, y) =>
        {
            int square = (x / 20 + y / 20) % 2 * 150;
            return ((byte)(x * 255 / width), (byte)(y * 255 / height), (byte)(square + random.Next(100)), (byte)255);
        });
    }

    /// <summary>Draws a picture pixel by pixel.</summary>
    public static MLImage Draw(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue, byte Alpha)> color)
    {
        var bytes = new byte[4 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = 4 * (y * width + x);
                (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = color(x, y);
            }
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, bytes);
    }

    /// <summary>Draws a picture of one color.</summary>
    public static MLImage Fill(int width, int height, byte red, byte green, byte blue) => Draw(width, height, (_, _) => (red, green, blue, 255));
}
