namespace MlNetRnn.Samples.Captioning;

/// <summary>A colored shape of a scene.</summary>
/// <param name="Color">The color, as a word.</param>
/// <param name="Shape">The shape, as a word.</param>
/// <param name="X">The horizontal position of the center, in pixels.</param>
/// <param name="Y">The vertical position of the center, in pixels.</param>
/// <param name="Radius">Half of the width and the height, in pixels.</param>
internal sealed record Thing(string Color, string Shape, int X, int Y, int Radius)
{
    public static readonly string[] Colors = ["red", "green", "blue"], Shapes = ["circle", "square", "triangle"];

    /// <summary>The words for the thing.</summary>
    public string Words => $"a {Color} {Shape}";

    /// <summary>The box around the thing, as shares of the image.</summary>
    public RnnRegionBox Box => new(
        (float)(X - Radius) / Scene.Side, (float)(Y - Radius) / Scene.Side, 2f * Radius / Scene.Side, 2f * Radius / Scene.Side);

    /// <summary>Returns whether a pixel belongs to the thing.</summary>
    public bool Contains(int x, int y)
    {
        (int right, int down) = (x - X, y - Y);
        if (Math.Abs(right) > Radius || Math.Abs(down) > Radius) return false;
        return Shape switch
        {
            "circle" => right * right + down * down <= Radius * Radius,
            // The point is at the top; the width grows to the bottom.
            "triangle" => 2 * Math.Abs(right) <= down + Radius,
            _ => true,
        };
    }
}
