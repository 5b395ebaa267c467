using SkiaSharp;

namespace MlNetRnn.Samples;

/// <summary>Text on pictures, in the font of all pictures.</summary>
public static class PictureText
{
    private const float TitleSize = 20, LabelSize = 16, RemarkSize = 14, LeastSize = 9;

    /// <summary>The colors of text and of remarks.</summary>
    public static readonly SKColor Dark = new(PictureStyle.Text.ARGB), Soft = new(PictureStyle.Soft.ARGB);

    private static readonly SKTypeface Face = SKTypeface.FromFamilyName(PictureStyle.Font),
        BoldFace = SKTypeface.FromFamilyName(PictureStyle.Font, SKFontStyle.Bold);

    /// <summary>Draws a centered label.</summary>
    public static void Draw(SKCanvas canvas, string text, float x, float baseline, SKColor color)
    {
        using SKFont font = new(Face, LabelSize);
        Draw(canvas, text, x, baseline, SKTextAlign.Center, font, color);
    }

    /// <summary>Draws a title, which becomes smaller if it is too wide.</summary>
    public static void DrawTitle(SKCanvas canvas, string text, float x, float baseline, float width) =>
        DrawFitted(canvas, text, x, baseline, width, BoldFace, TitleSize, Dark);

    /// <summary>Draws a remark, which becomes smaller if it is too wide.</summary>
    public static void DrawRemark(SKCanvas canvas, string text, float x, float baseline, float width) =>
        DrawFitted(canvas, text, x, baseline, width, Face, RemarkSize, Soft);

    private static void DrawFitted(SKCanvas canvas, string text, float x, float baseline, float width, SKTypeface face, float size, SKColor color)
    {
        using SKFont font = new(face, size);
        float measured = font.MeasureText(text);
        if (measured > width) font.Size = Math.Max(LeastSize, size * width / measured);
        Draw(canvas, text, x, baseline, SKTextAlign.Left, font, color);
    }

    private static void Draw(SKCanvas canvas, string text, float x, float baseline, SKTextAlign align, SKFont font, SKColor color)
    {
        font.Edging = SKFontEdging.Antialias;
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, baseline, align, font, paint);
    }
}
