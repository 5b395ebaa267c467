using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Grid;

/// <summary>
/// An image of one or two outlines that the program draws itself. The inside of a shape looks like the outside: only the outline around it, which may be far
/// away, shows in which shape a pixel is.
/// </summary>
internal sealed class ShapeImage
{
    /// <summary>The width and the height, in pixels.</summary>
    public const int Side = 24;

    /// <summary>The class of pixels in no shape.</summary>
    public const string Ground = "ground";

    private const float LeastRadius = 4.5f, LargestRadius = 7, Stroke = 0.8f, Light = 190, Grain = 40;

    [VectorType(Side, Side)]
    public float[] Pixels { get; set; } = [];

    /// <summary>The shape around each pixel, row by row.</summary>
    [VectorType(Side * Side)]
    public string[] Cells { get; set; } = [];

    /// <summary>The kind of the first shape.</summary>
    public string Label { get; set; } = "";

    /// <summary>Returns random images.</summary>
    /// <param name="count">The number of images.</param>
    /// <param name="shapes">The number of shapes in each.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static ShapeImage[] Draw(int count, int shapes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random, shapes))];
    }

    private static ShapeImage Draw(Random random, int shapes)
    {
        var outlines = new List<Outline>();
        while (outlines.Count < shapes)
        {
            float radius = LeastRadius + (LargestRadius - LeastRadius) * random.NextSingle();
            float Place() => radius + 1 + (Side - 2 * radius - 2) * random.NextSingle();
            var outline = new Outline(Outline.Kinds[random.Next(Outline.Kinds.Length)], Place(), Place(), radius, MathF.Tau * random.NextSingle());
            // Two shapes that fit into the image without touching each other are found sooner or later, unless the first one is in the middle.
            if (outlines.All(other => Apart(other, outline))) outlines.Add(outline);
            else if (random.Next(20) == 0) outlines.Clear();
        }
        var image = new ShapeImage { Pixels = new float[Side * Side], Cells = new string[Side * Side], Label = outlines[0].Kind };
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            float[] distances = [.. outlines.Select(outline => outline.Distance(i % Side + 0.5f, i / Side + 0.5f))];
            bool isStroke = distances.Any(distance => MathF.Abs(distance) < Stroke);
            image.Pixels[i] = Math.Clamp((isStroke ? Light : 0) + Grain * random.NextSingle(), 0, 255);
            int inside = Array.FindIndex(distances, distance => distance < Stroke);
            image.Cells[i] = inside < 0 ? Ground : outlines[inside].Kind;
        }
        return image;
    }

    private static bool Apart(Outline a, Outline b) =>
        MathF.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y)) > a.Radius + b.Radius + 2 * Stroke;
}
