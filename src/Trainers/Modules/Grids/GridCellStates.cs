using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A state for each cell of a grid from the states of patches: a linear layer gives each cell of a patch a vector of its own (sub-pixel convolution; Shi et
/// al., 2016), to which a linear function of the cell's input is added, so that the borders of a segment can be sharper than the patches.
/// </summary>
/// <param name="parameters">Receives the weights.</param>
/// <param name="patch">The size of a patch, in cells of the grid.</param>
/// <param name="states">S, the size of the state of a patch.</param>
/// <param name="inputs">C, the number of numbers per cell.</param>
/// <param name="size">U, the size of the state of a cell.</param>
/// <param name="threads">The number of threads that a step may use.</param>
internal sealed class GridCellStates(ParameterSet parameters, GridSize patch, int states, int inputs, int size, int threads)
{
    private readonly Linear _ofPatch = new(parameters, "cells.patch", states, patch.Cells * size, threads);
    private readonly Linear _ofInput = new(parameters, "cells.input", inputs, size, threads);

    /// <summary>Computes the states of the cells.</summary>
    /// <param name="ofPatches">The states of the patches, [N',S].</param>
    /// <param name="patches">The grids of the patches.</param>
    /// <param name="x">The numbers of the cells, [N,C].</param>
    /// <param name="grids">The grids of the cells.</param>
    /// <returns>[N,U]</returns>
    public Tensor Forward(Tensor ofPatches, GridPlaces patches, Tensor x, GridPlaces grids)
    {
        var places = new long[x.shape[0]];
        for (int grid = 0; grid < grids.Sizes.Count; grid++)
        {
            (GridSize of, int width) = (grids.Sizes[grid], patches.Sizes[grid].Width);
            for (int cell = 0; cell < of.Cells; cell++)
            {
                (int row, int column) = (cell / of.Width, cell % of.Width);
                int position = patches.Position(grid, row / patch.Height * width + column / patch.Width);
                int within = row % patch.Height * patch.Width + column % patch.Width;
                places[grids.Position(grid, cell)] = (long)position * patch.Cells + within;
            }
        }
        Tensor vectors = _ofPatch.Forward(ofPatches).view(-1, size);                                        // [N'·p·q,U]
        return vectors.index_select(0, tensor(places, device: x.device)).Plus(_ofInput.Forward(x)).relu(); // [N,U]
    }

    /// <summary>Adds the layer to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ofPatches">[B,H'',W'',S]</param>
    /// <param name="x">[B,H',W',C]</param>
    /// <returns>[B,H',W',U]</returns>
    public string Export(OnnxGraph graph, string ofPatches, string x)
    {
        GridShape own = GridShape.Of(graph, x), last = GridShape.Of(graph, ofPatches);
        string divided = graph.Node(
            "Reshape",
            [_ofPatch.ExportSteps(graph, ofPatches), last.Join(last.Grids, last.Height, last.Width, last.Numbers(patch.Height, patch.Width, size))]);
        string ordered = last.Transpose(divided, 0, 1, 3, 2, 4, 5);                                         // [B,H'',p,W'',q,U]
        string height = graph.Node("Mul", [last.Height, last.Numbers(patch.Height)]), width = graph.Node("Mul", [last.Width, last.Numbers(patch.Width)]);
        string whole = graph.Node("Reshape", [ordered, last.Join(last.Grids, height, width, last.Numbers(size))]);
        string cells = graph.Node("Slice", [whole, own.Numbers(0, 0), own.Join(own.Height, own.Width), own.Numbers(1, 2)]);     // [B,H',W',U]
        return graph.Node("Relu", [graph.Node("Add", [cells, _ofInput.ExportSteps(graph, x)])]);
    }
}
