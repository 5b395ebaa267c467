namespace MlNetRnn.Modules;

/// <summary>The grids of a batch.</summary>
/// <param name="Sizes">The size of each grid.</param>
/// <param name="Position">Returns the position of a cell among the vectors of the batch, given the grid and the number of the cell, row by row.</param>
internal sealed record GridPlaces(IReadOnlyList<GridSize> Sizes, Func<int, int, int> Position);
