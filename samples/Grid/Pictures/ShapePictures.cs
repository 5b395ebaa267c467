using SkiaSharp;

namespace MlNetRnn.Samples.Grid;

/// <summary>The pictures of the demo.</summary>
internal static class ShapePictures
{
    private const byte Veil = 150;

    /// <summary>Colors of the classes, of Okabe and Ito's palette.</summary>
    private static readonly Dictionary<string, SKColor> Colors = new()
    {
        ["circle"] = new(0x00, 0x72, 0xb2, Veil),
        ["square"] = new(0xe6, 0x9f, 0x00, Veil),
        ["triangle"] = new(0x00, 0x9e, 0x73, Veil),
    };

    /// <summary>Draws images, and the shape that a model finds around each pixel.</summary>
    public static void Segmentation(ShapeSegmentation model, ShapeImage[] images, string file)
    {
        var panels = new ImagePanels(
            "Which shape is around each pixel?", "blue: circle, orange: square, green: triangle; above the images, below what the network finds",
            images.Length);
        string[][] found = model.Predict(images);
        foreach (ShapeImage image in images) panels.Add(image.Pixels, _ => null, null, "");
        for (int i = 0; i < images.Length; i++)
        {
            string[] cells = found[i];
            double right = cells.Zip(images[i].Cells).Average(pair => pair.First == pair.Second ? 1.0 : 0);
            panels.Add(images[i].Pixels, cell => Colors.TryGetValue(cells[cell], out SKColor color) ? color : null, null, $"{right:P1} of the pixels");
        }
        panels.Save(file);
    }

    /// <summary>Draws which pixels the prediction of a pixel depends on, for networks with different numbers of directions.</summary>
    public static void Directions(IReadOnlyDictionary<int, ShapeSegmentation> models, ShapeImage image, string file)
    {
        int marked = MiddleOf(image, image.Label);
        var panels = new ImagePanels(
            "What does the class of the marked pixel depend on?",
            "orange: how much the probabilities of its classes change if 2 × 2 pixels become dark", models.Count);
        foreach ((int directions, ShapeSegmentation model) in models)
        {
            float[] influence = model.Influence(image, marked);
            float greatest = influence.Max();
            panels.Add(
                image.Pixels, cell => new SKColor(0xd5, 0x5e, 0x00, (byte)(220 * Math.Sqrt(influence[cell] / greatest))), marked,
                $"scans from {directions} {(directions == 1 ? "corner" : "corners")}");
        }
        panels.Save(file);
    }

    private static int MiddleOf(ShapeImage image, string kind)
    {
        int[] inside = [.. Enumerable.Range(0, image.Cells.Length).Where(i => image.Cells[i] == kind)];
        return (int)Math.Round(inside.Average(i => i / ShapeImage.Side)) * ShapeImage.Side + (int)Math.Round(inside.Average(i => i % ShapeImage.Side));
    }
}
