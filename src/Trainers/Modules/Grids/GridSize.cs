namespace MlNetRnn.Modules;

/// <summary>The size of a grid.</summary>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
internal readonly record struct GridSize(int Height, int Width)
{
    /// <summary>The number of cells.</summary>
    public int Cells => Height * Width;
}
