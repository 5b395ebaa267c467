using MlNetRnn.Kernels;
using MlNetRnn.Options;

namespace MlNetRnn.Modules;

/// <summary>Maps <see cref="RnnGridLayer"/> values to layers. An additional kind of layer needs a class and one line here.</summary>
internal static class GridLayers
{
    private static readonly Dictionary<RnnGridLayer, Func<GridLayerSetup, GridLayer>> ByName = new()
    {
        [RnnGridLayer.MultiDimensional] = setup => new ScannedGridLayer(
            setup.Parameters, setup.Name, GridCells.Create(setup.Options.Cell),
            new LayerSize(setup.Inputs, setup.Hidden, setup.Options.Directions), setup.Threads, setup.Buffers),
        [RnnGridLayer.ReNet] = setup => new SweptGridLayer(
            setup.Parameters, setup.Name, RecurrentCells.Find(new RnnNetworkOptions { Cell = GridCells.OfSequences(setup.Options.Cell) })!,
            setup.Inputs, setup.Hidden, setup.Threads, setup.Buffers),
    };

    /// <summary>Creates a layer.</summary>
    public static GridLayer Create(GridLayerSetup setup) => ByName[setup.Options.Layer](setup);
}

/// <summary>The arguments of every layer.</summary>
/// <param name="Parameters">Receives the weights.</param>
/// <param name="Name">The name of the layer.</param>
/// <param name="Options">How the network reads grids.</param>
/// <param name="Inputs">I, the size of an input vector.</param>
/// <param name="Hidden">H, the size of the state of one direction.</param>
/// <param name="Threads">The number of threads that a step may use.</param>
/// <param name="Buffers">Working memory.</param>
internal sealed record GridLayerSetup(
    ParameterSet Parameters, string Name, GridEncoding Options, int Inputs, int Hidden, int Threads, BufferPool Buffers);
