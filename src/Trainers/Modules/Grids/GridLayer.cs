using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A recurrent layer over grids, which computes a state for each cell.</summary>
internal abstract class GridLayer
{
    /// <summary>S, the size of the states of all directions together.</summary>
    public abstract int OutputSize { get; }

    /// <summary>Computes the states of all cells.</summary>
    /// <param name="x">[N,I]</param>
    /// <param name="grids">The sizes of the grids, and the positions of their cells.</param>
    /// <returns>[N,S]</returns>
    public abstract Tensor Forward(Tensor x, GridPlaces grids);

    /// <summary>Adds the layer to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">B grids of the same size, [B,H',W',I].</param>
    /// <returns>[B,H',W',S]</returns>
    public abstract string Export(OnnxGraph graph, string x);

    /// <summary>Computes the same with libtorch operators: for devices other than the CPU, and as a reference in tests.</summary>
    internal abstract Tensor ForwardWithOperators(Tensor x, GridPlaces grids);
}
