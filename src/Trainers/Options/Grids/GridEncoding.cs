namespace MlNetRnn.Options;

/// <summary>How a network reads a grid instead of a sequence.</summary>
/// <param name="Layer">The kind of the layers.</param>
/// <param name="Cell">The type of the cells.</param>
/// <param name="Directions">The number of corners where scans start: 1, 2 or 4.</param>
/// <param name="PatchHeight">The height of the patches that the first layer reads.</param>
/// <param name="PatchWidth">The width of the patches that the first layer reads.</param>
/// <param name="Subsampling">The height and the width of the patches that each following layer reads.</param>
/// <param name="HasStatesOfCells">Whether each cell of the grid gets a state of its own; otherwise the patches of the last layer have states.</param>
internal sealed record GridEncoding(
    RnnGridLayer Layer, RnnGridCell Cell, int Directions, int PatchHeight, int PatchWidth, int Subsampling, bool HasStatesOfCells);
