using Microsoft.ML.Data;
using SkiaSharp;

namespace MlNetRnn.Samples.Captioning;

/// <summary>A picture of two colored shapes that the program draws itself, and its captions: one from the view of each shape.</summary>
/// <param name="First">A shape.</param>
/// <param name="Second">Another shape.</param>
/// <param name="Relation">Where the first one is, seen from the second one.</param>
/// <param name="Seed">The seed of the background.</param>
internal sealed record Scene(Thing First, Thing Second, string Relation, int Seed)
{
    /// <summary>The width and the height, in pixels.</summary>
    public const int Side = 224;

    private const int LeastRadius = 18, LargestRadius = 32, LeastDistance = 80, LargestShift = 30;

    private static readonly string[] Relations = ["left of", "right of", "above", "below"];

    private static readonly (byte Red, byte Green, byte Blue)[] Paints = [(208, 42, 42), (44, 150, 62), (44, 82, 200)];

    /// <summary>The two captions.</summary>
    public string[] Captions => [Caption(First, Relation, Second), Caption(Second, Relations[Array.IndexOf(Relations, Relation) ^ 1], First)];

    /// <summary>Returns random scenes.</summary>
    /// <param name="count">The number of scenes.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static Scene[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
    }

    /// <summary>Draws the picture.</summary>
    public MLImage ToImage() => MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Rgba32, Pixels());

    /// <summary>Draws the picture, and returns it as a PNG file.</summary>
    public byte[] ToPng()
    {
        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque), Pixels());
        using SKData file = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return file.ToArray();
    }

    /// <summary>Returns red, green, blue and alpha of each pixel.</summary>
    private byte[] Pixels()
    {
        var random = new Random(Seed);
        int light = random.Next(190, 245);
        var bytes = new byte[4 * Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                Thing? thing = First.Contains(x, y) ? First : Second.Contains(x, y) ? Second : null;
                (byte red, byte green, byte blue) = thing is null
                    ? ((byte)light, (byte)light, (byte)light)
                    : Paints[Array.IndexOf(Thing.Colors, thing.Color)];
                int grain = random.Next(-10, 11), at = 4 * (y * Side + x);
                (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (Clip(red + grain), Clip(green + grain), Clip(blue + grain), 255);
            }
        }
        return bytes;
    }

    private static Scene Draw(Random random)
    {
        string relation = Relations[random.Next(Relations.Length)];
        (Thing first, Thing second) = (DrawThing(random), DrawThing(random));
        while (first.Words == second.Words) second = DrawThing(random);
        // Along one direction, the shapes are far apart; across it, they are shifted a little.
        int near = random.Next(LargestRadius, Side - LargestRadius - LeastDistance);
        int far = random.Next(near + LeastDistance, Side - LargestRadius);
        int across = random.Next(LargestRadius + LargestShift, Side - LargestRadius - LargestShift);
        int other = across + random.Next(-LargestShift, LargestShift + 1);
        (int of, int to) = relation is "left of" or "above" ? (near, far) : (far, near);
        return relation is "left of" or "right of"
            ? new Scene(first with { X = of, Y = across }, second with { X = to, Y = other }, relation, random.Next())
            : new Scene(first with { X = across, Y = of }, second with { X = other, Y = to }, relation, random.Next());
    }

    private static Thing DrawThing(Random random) => new(
        Thing.Colors[random.Next(3)], Thing.Shapes[random.Next(3)], 0, 0, random.Next(LeastRadius, LargestRadius + 1));

    private static string Caption(Thing thing, string relation, Thing other) => $"{thing.Words} {relation} {other.Words}";

    private static byte Clip(int value) => (byte)Math.Clamp(value, 0, 255);
}
