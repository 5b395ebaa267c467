namespace MlNetRnn.Options;

/// <summary>How the regions of an image become the source states of a decoder.</summary>
/// <param name="VectorSize">C, the size of a source state.</param>
/// <param name="GridWidth">The number of cells in a row of the grid; 0 if the regions are not cells of a grid.</param>
/// <param name="GridHeight">The number of rows of the grid; 0 if the regions are not cells of a grid.</param>
/// <param name="IsDeformed">Whether the regions are deformed by a spatial transformer, which requires a grid.</param>
/// <param name="Dropout">The share of the regions that are not read in a training step.</param>
internal sealed record RegionReading(int VectorSize, int GridWidth = 0, int GridHeight = 0, bool IsDeformed = false, float Dropout = 0);
