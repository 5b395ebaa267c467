using System.Globalization;
using SkiaSharp;

namespace MlNetRnn.Samples.Captions;

/// <summary>
/// The attention of a caption as a picture (Xu et al., 2015, figure 2): the image, and again for each word, with the weights of the regions for this word.
/// Weights of the cells of a grid are a heat map, those of other boxes are widths of lines (Pedersoli et al., 2017, figure 3).
/// </summary>
public static class AttentionPicture
{
    private const int Columns = 5, MostWords = 34, Gap = 14, LabelHeight = 30, HeaderHeight = 66;

    /// <summary>The side of the square in which an image is drawn.</summary>
    private const int Side = 232;

    /// <summary>Attention that prefers no region is drawn weakly: a scale ends at this multiple of the mean weight at least.</summary>
    private const float LeastScale = 3;

    /// <summary>Draws the picture.</summary>
    /// <param name="image">The image.</param>
    /// <param name="caption">A caption of a model with attention.</param>
    /// <param name="file">The PNG file.</param>
    public static void Draw(SKBitmap image, RnnCaption caption, string file)
    {
        using SKBitmap picture = Create(image, caption);
        using FileStream stream = File.Create(file);
        picture.Encode(stream, SKEncodedImageFormat.Png, quality: 100);
    }

    /// <summary>Creates the picture.</summary>
    /// <param name="image">The image.</param>
    /// <param name="caption">A caption of a model with attention.</param>
    public static SKBitmap Create(SKBitmap image, RnnCaption caption)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(caption);
        if (caption.Attention.Count == 0) throw new ArgumentException("Caption: expected one of a model with attention, got one without.", nameof(caption));
        // The end of the caption, whose text is empty, is not drawn.
        int words = Math.Min(MostWords, caption.Symbols.Count(symbol => symbol.Length > 0)), panels = words + 1;
        int columns = Math.Min(Columns, panels), rows = (panels + columns - 1) / columns;
        (int width, int height) = SizeOf(image);
        var picture = new SKBitmap(Gap + columns * (Side + Gap), HeaderHeight + rows * (height + LabelHeight) + Gap);
        using var canvas = new SKCanvas(picture);
        using SKImage original = SKImage.FromBitmap(image);
        canvas.Clear(SKColors.White);
        bool isGrid = RegionGrid.Is(caption.Boxes);
        float least = Math.Min(1, LeastScale / caption.Boxes.Count);
        // An empty caption has no words: the picture is the image.
        float greatest = caption.Attention.Take(words).Select(weights => weights.Max()).Append(least).Max();
        Header(canvas, caption, picture.Width, isGrid, greatest);
        for (int i = 0; i < panels; i++)
        {
            int left = Gap + i % columns * (Side + Gap), top = HeaderHeight + i / columns * (height + LabelHeight);
            SKRect frame = SKRect.Create(left + (Side - width) / 2, top, width, height);
            canvas.DrawImage(original, frame, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            if (i == 0)
            {
                PictureText.Draw(canvas, "image", frame.MidX, frame.Bottom + 20, PictureText.Soft);
                continue;
            }
            IReadOnlyList<float> weights = caption.Attention[i - 1];
            if (isGrid) RegionGrid.Draw(canvas, frame, caption.Boxes, weights, Math.Max(least, weights.Max()));
            else RegionBoxes.Draw(canvas, frame, caption.Boxes, weights, greatest);
            PictureText.Draw(canvas, $"{OneLine.Of(caption.Symbols[i - 1])}  {Percent(weights.Max())}", frame.MidX, frame.Bottom + 20, PictureText.Dark);
        }
        return picture;
    }

    private static void Header(SKCanvas canvas, RnnCaption caption, int width, bool isGrid, float greatest)
    {
        PictureText.DrawTitle(canvas, caption.Text.Length == 0 ? "(empty caption)" : OneLine.Of(caption.Text), Gap, 26, width - 2 * Gap);
        string legend = isGrid
            ? "The more color a cell has, the greater its weight for the word. Below: the word and the greatest weight of a cell."
            : $"The wider a line, the greater the weight of the box ({Percent(greatest)}: the widest line). Below: the word and its greatest weight."
                + (caption.Boxes.Count > RegionBoxes.Most ? $" Drawn: {RegionBoxes.Most} of {caption.Boxes.Count} boxes." : "");
        PictureText.DrawRemark(canvas, legend, Gap, 48, width - 2 * Gap);
    }

    /// <summary>Returns the size of an image on the picture. A line of pixels remains visible.</summary>
    private static (int Width, int Height) SizeOf(SKBitmap image)
    {
        float scale = (float)Side / Math.Max(image.Width, image.Height);
        return (Math.Max(8, (int)Math.Round(image.Width * scale)), Math.Max(8, (int)Math.Round(image.Height * scale)));
    }

    private static string Percent(float weight) => string.Create(CultureInfo.InvariantCulture, $"{100 * weight:F0}%");
}
