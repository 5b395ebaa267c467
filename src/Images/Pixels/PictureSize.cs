namespace MlNetRnn.Images.Pixels;

/// <summary>The size of the pictures that the network reads: three planes (red, green, blue) of 224 × 224 numbers from 0 to 255, row by row.</summary>
internal static class PictureSize
{
    public const int Planes = 3, Side = 224, Plane = Side * Side, Numbers = Planes * Plane;
}
