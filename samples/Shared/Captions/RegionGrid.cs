using SkiaSharp;

namespace MlNetRnn.Samples.Captions;

/// <summary>
/// The weights of the cells of a grid as a heat map: the more color, the greater the weight. The image is gray, because its own colors would be mistaken for
/// weights, and pale, so that the colors are visible in dark images, too.
/// </summary>
internal static class RegionGrid
{
    private const float Strongest = 0.8f, Tolerance = 1e-4f;

    private static readonly SKColor Veil = SKColors.White.WithAlpha(120);

    /// <summary>Returns whether boxes are the cells of a grid, in rows from the top left.</summary>
    public static bool Is(IReadOnlyList<RnnRegionBox> boxes)
    {
        if (boxes.Count < 2) return false;
        int columns = boxes.TakeWhile(box => Math.Abs(box.Top - boxes[0].Top) < Tolerance).Count();
        if (boxes.Count % columns != 0) return false;
        int rows = boxes.Count / columns;
        return boxes.Index().All(pair =>
            IsAt(pair.Item.Left, pair.Item.Width, pair.Index % columns, columns) && IsAt(pair.Item.Top, pair.Item.Height, pair.Index / columns, rows));
    }

    /// <summary>Draws the heat map over an image.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="frame">Where the image is.</param>
    /// <param name="boxes">The cells.</param>
    /// <param name="weights">The weight of each cell.</param>
    /// <param name="scale">The weight with the strongest color.</param>
    public static void Draw(SKCanvas canvas, SKRect frame, IReadOnlyList<RnnRegionBox> boxes, IReadOnlyList<float> weights, float scale)
    {
        using (var gray = new SKPaint { Color = SKColors.Gray, BlendMode = SKBlendMode.Saturation }) canvas.DrawRect(frame, gray);
        using (var veil = new SKPaint { Color = Veil }) canvas.DrawRect(frame, veil);
        using var paint = new SKPaint { IsAntialias = false };
        for (int i = 0; i < boxes.Count; i++)
        {
            paint.Color = RegionBoxes.Color.WithAlpha((byte)(255 * Strongest * Math.Clamp(weights[i] / scale, 0, 1)));
            SKRect cell = RegionBoxes.On(frame, boxes[i]);
            // Whole pixels: neither a gap nor an overlap between two cells.
            canvas.DrawRect(new SKRect(MathF.Round(cell.Left), MathF.Round(cell.Top), MathF.Round(cell.Right), MathF.Round(cell.Bottom)), paint);
        }
    }

    private static bool IsAt(float start, float length, int index, int count) =>
        Math.Abs(start - (float)index / count) < Tolerance && Math.Abs(length - 1f / count) < Tolerance;
}
