namespace MlNetRnn.Modules;

/// <summary>The corner where a scan of a grid starts. The scan ends in the opposite corner.</summary>
/// <param name="FromBottom">Whether the scan goes up.</param>
/// <param name="FromRight">Whether the scan goes left.</param>
internal readonly record struct GridCorner(bool FromBottom, bool FromRight)
{
    /// <summary>Returns the corners of one, two or four scans: the first two are opposite, so that together they see the whole grid from each cell.</summary>
    public static GridCorner[] Of(int directions) =>
        [.. new GridCorner[] { new(false, false), new(true, true), new(false, true), new(true, false) }.Take(directions)];

    /// <summary>Returns the number of a cell, row by row from the top left.</summary>
    /// <param name="size">The size of the grid.</param>
    /// <param name="row">The row in the order of the scan.</param>
    /// <param name="column">The column in the order of the scan.</param>
    public int Cell(GridSize size, int row, int column) =>
        (FromBottom ? size.Height - 1 - row : row) * size.Width + (FromRight ? size.Width - 1 - column : column);
}
