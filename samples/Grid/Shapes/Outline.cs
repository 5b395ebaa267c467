namespace MlNetRnn.Samples.Grid;

/// <summary>The outline of a shape.</summary>
/// <param name="Kind">Its name, one of <see cref="Kinds"/>.</param>
/// <param name="X">The horizontal position of the center, in pixels.</param>
/// <param name="Y">The vertical position of the center, in pixels.</param>
/// <param name="Radius">The distance from the center to the outline, or to the farthest part of it.</param>
/// <param name="Angle">The rotation, in radians.</param>
internal sealed record Outline(string Kind, float X, float Y, float Radius, float Angle)
{
    public static readonly string[] Kinds = ["circle", "square", "triangle"];

    /// <summary>Returns the distance of a point from the outline: negative inside, positive outside.</summary>
    public float Distance(float x, float y)
    {
        if (Kind == "circle") return MathF.Sqrt((x - X) * (x - X) + (y - Y) * (y - Y)) - Radius;
        // The farthest side of a regular polygon: each side is at the same distance from the center.
        int corners = Kind == "square" ? 4 : 3;
        float inner = Radius * MathF.Cos(MathF.PI / corners), farthest = float.NegativeInfinity;
        for (int side = 0; side < corners; side++)
        {
            float direction = Angle + 2 * MathF.PI * side / corners;
            farthest = Math.Max(farthest, (x - X) * MathF.Cos(direction) + (y - Y) * MathF.Sin(direction) - inner);
        }
        return farthest;
    }
}
