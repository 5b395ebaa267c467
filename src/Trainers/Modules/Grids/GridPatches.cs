using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Joins the vectors of the cells of each patch of a grid, such as 2 × 2 cells, to one vector, row by row: the grid becomes smaller, its vectors longer.
/// Patches at the right and the lower border that are not whole are filled with 0.
/// </summary>
/// <param name="size">The size of a patch.</param>
internal sealed class GridPatches(GridSize size)
{
    /// <summary>The size of a joined vector, given that of a vector of a cell.</summary>
    public int VectorSize(int inputs) => size.Cells * inputs;

    /// <summary>Returns the patches of some grids, whose positions are grid by grid, row by row.</summary>
    public GridPlaces Of(GridPlaces grids)
    {
        GridSize[] sizes = [.. grids.Sizes.Select(grid => new GridSize(Parts(grid.Height, size.Height), Parts(grid.Width, size.Width)))];
        var starts = new int[sizes.Length];
        for (int grid = 1; grid < sizes.Length; grid++) starts[grid] = starts[grid - 1] + sizes[grid - 1].Cells;
        return new GridPlaces(sizes, (grid, patch) => starts[grid] + patch);
    }

    /// <summary>Joins the vectors.</summary>
    /// <param name="x">[N,I]</param>
    /// <param name="grids">The grids.</param>
    /// <returns>[N',p·q·I], in the order of <see cref="Of"/>.</returns>
    public Tensor Forward(Tensor x, GridPlaces grids)
    {
        long beyond = x.shape[0];
        var places = new List<long>();
        for (int grid = 0; grid < grids.Sizes.Count; grid++)
        {
            GridSize of = grids.Sizes[grid];
            for (int top = 0; top < of.Height; top += size.Height)
                for (int left = 0; left < of.Width; left += size.Width)
                    for (int cell = 0; cell < size.Cells; cell++)
                    {
                        (int row, int column) = (top + cell / size.Width, left + cell % size.Width);
                        places.Add(row < of.Height && column < of.Width ? grids.Position(grid, row * of.Width + column) : beyond);
                    }
        }
        Tensor padded = cat([x, zeros([1, x.shape[1]], ScalarType.Float32, x.device)]);                                 // [N+1,I]
        return padded.index_select(0, tensor(places, device: x.device)).view(-1, VectorSize((int)x.shape[1]));
    }

    /// <summary>Adds the patches to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">[B,H',W',I]</param>
    /// <param name="inputs">I.</param>
    /// <returns>[B,⌈H'/p⌉,⌈W'/q⌉,p·q·I]</returns>
    public string Export(OnnxGraph graph, string x, int inputs)
    {
        var shape = GridShape.Of(graph, x);
        string height = shape.Parts(shape.Height, size.Height), width = shape.Parts(shape.Width, size.Width);           // numbers of patches
        string below = graph.Node("Sub", [graph.Node("Mul", [height, shape.Numbers(size.Height)]), shape.Height]);
        string right = graph.Node("Sub", [graph.Node("Mul", [width, shape.Numbers(size.Width)]), shape.Width]);
        string padded = graph.Node("Pad", [x, shape.Join(shape.Numbers(0, 0, 0, 0, 0), below, right, shape.Numbers(0))]);
        string divided = graph.Node(
            "Reshape", [padded, shape.Join(shape.Grids, height, shape.Numbers(size.Height), width, shape.Numbers(size.Width, inputs))]);
        string patches = shape.Transpose(divided, 0, 1, 3, 2, 4, 5);                                                    // [B,H'/p,W'/q,p,q,I]
        return graph.Node("Reshape", [patches, shape.Join(shape.Grids, height, width, shape.Numbers(VectorSize(inputs)))]);
    }

    private static int Parts(int whole, int part) => (whole + part - 1) / part;
}
