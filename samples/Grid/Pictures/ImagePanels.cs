using SkiaSharp;

namespace MlNetRnn.Samples.Grid;

/// <summary>A picture of images side by side, each pixel a square, with something laid over them.</summary>
/// <param name="title">The title.</param>
/// <param name="remark">A line below the title.</param>
/// <param name="columns">The number of images in a row.</param>
internal sealed class ImagePanels(string title, string remark, int columns)
{
    private const int Scale = 9, Gap = 16, LabelHeight = 26, HeaderHeight = 66;

    private readonly List<(float[] Pixels, Func<int, SKColor?> Over, int? Marked, string Label)> _panels = [];

    /// <summary>Adds an image.</summary>
    /// <param name="pixels">The pixels of an image.</param>
    /// <param name="over">Returns the color to lay over a pixel; null for none.</param>
    /// <param name="marked">The pixel to mark; null for none.</param>
    /// <param name="label">The text below the image.</param>
    public void Add(float[] pixels, Func<int, SKColor?> over, int? marked, string label) => _panels.Add((pixels, over, marked, label));

    /// <summary>Writes the picture.</summary>
    public void Save(string file)
    {
        const int Size = ShapeImage.Side * Scale;
        int rows = (_panels.Count + columns - 1) / columns;
        using var picture = new SKBitmap(Gap + columns * (Size + Gap), HeaderHeight + rows * (Size + LabelHeight) + Gap);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.White);
        PictureText.DrawTitle(canvas, title, Gap, 30, picture.Width - 2 * Gap);
        PictureText.DrawRemark(canvas, remark, Gap, 52, picture.Width - 2 * Gap);
        for (int i = 0; i < _panels.Count; i++) Draw(canvas, i, Gap + i % columns * (Size + Gap), HeaderHeight + i / columns * (Size + LabelHeight));
        using FileStream stream = File.Create(file);
        picture.Encode(stream, SKEncodedImageFormat.Png, quality: 100);
    }

    private void Draw(SKCanvas canvas, int panel, int left, int top)
    {
        (float[] pixels, Func<int, SKColor?> over, int? marked, string label) = _panels[panel];
        using var paint = new SKPaint();
        for (int i = 0; i < pixels.Length; i++)
        {
            var square = SKRect.Create(left + i % ShapeImage.Side * Scale, top + i / ShapeImage.Side * Scale, Scale, Scale);
            byte gray = (byte)pixels[i];
            paint.Color = new SKColor(gray, gray, gray);
            canvas.DrawRect(square, paint);
            if (over(i) is not { } color) continue;
            paint.Color = color;
            canvas.DrawRect(square, paint);
        }
        if (marked is { } cell)
        {
            using var line = new SKPaint { Color = SKColors.White, Style = SKPaintStyle.Stroke, StrokeWidth = 2 };
            canvas.DrawRect(left + cell % ShapeImage.Side * Scale - 1, top + cell / ShapeImage.Side * Scale - 1, Scale + 2, Scale + 2, line);
        }
        PictureText.Draw(canvas, label, left + ShapeImage.Side * Scale / 2f, top + ShapeImage.Side * Scale + 18, PictureText.Soft);
    }
}
