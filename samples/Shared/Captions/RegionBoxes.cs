using SkiaSharp;

namespace MlNetRnn.Samples.Captions;

/// <summary>The weights of boxes as widths of lines.</summary>
internal static class RegionBoxes
{
    /// <summary>The number of boxes that are drawn: more would hide the image.</summary>
    public const int Most = 6;

    private const float Widest = 8, LeastWidth = 0.4f, SmallSide = 4;

    /// <summary>The color of weights.</summary>
    public static readonly SKColor Color = new(PictureStyle.Best.ARGB);

    private static readonly SKColor Veil = SKColors.White.WithAlpha(110);

    /// <summary>Draws the boxes with the greatest weights over an image, the greatest last. A box of almost no weight is left out.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="frame">Where the image is.</param>
    /// <param name="boxes">The boxes.</param>
    /// <param name="weights">The weight of each box.</param>
    /// <param name="scale">The weight of the widest line.</param>
    public static void Draw(SKCanvas canvas, SKRect frame, IReadOnlyList<RnnRegionBox> boxes, IReadOnlyList<float> weights, float scale)
    {
        canvas.Save();
        canvas.ClipRect(frame);
        using (var veil = new SKPaint { Color = Veil }) canvas.DrawRect(frame, veil);
        foreach (int i in Enumerable.Range(0, boxes.Count).OrderBy(i => weights[i]).TakeLast(Most))
        {
            float width = Widest * Math.Clamp(weights[i] / scale, 0, 1);
            if (width < LeastWidth) continue;
            SKRect box = On(frame, boxes[i]);
            // The line is inside of a large box, so that all of it is visible at an edge of the image, and around a small one, which it would fill.
            bool isSmall = Math.Min(box.Width, box.Height) < SmallSide * width;
            box.Inflate(isSmall ? width / 2 : -width / 2, isSmall ? width / 2 : -width / 2);
            using var paint = new SKPaint { Color = Color, Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = true };
            canvas.DrawRect(box, paint);
        }
        canvas.Restore();
    }

    /// <summary>Returns where a box is on the picture.</summary>
    public static SKRect On(SKRect frame, RnnRegionBox box) => new(
        frame.Left + box.Left * frame.Width, frame.Top + box.Top * frame.Height,
        frame.Left + (box.Left + box.Width) * frame.Width, frame.Top + (box.Top + box.Height) * frame.Height);
}
