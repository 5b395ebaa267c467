using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An encoder of stacked layers over grids, each of which may read patches of the cells below it, with dropout between the layers.</summary>
/// <param name="layers">The layers, from the input on, with the patches that each of them reads.</param>
/// <param name="dropout">The dropout between the layers.</param>
/// <param name="buffers">Working memory of the layers, which the stack disposes of.</param>
internal sealed class GridStack(IReadOnlyList<(GridPatches? Patches, int Inputs, GridLayer Layer)> layers, Dropout dropout, BufferPool buffers) : IDisposable
{
    /// <summary>S, the size of a state of the last layer.</summary>
    public int OutputSize => layers[^1].Layer.OutputSize;

    /// <summary>Creates layers of growing or equal size.</summary>
    /// <param name="count">The number of layers.</param>
    /// <param name="inputs">I, the size of a vector of a cell.</param>
    /// <param name="patches">Returns the patches that a layer reads; null for single cells.</param>
    /// <param name="create">Creates a layer, given its number, the size of its vectors, and working memory.</param>
    /// <param name="dropout">The dropout between the layers.</param>
    public static GridStack Create(
        int count, int inputs, Func<int, GridPatches?> patches, Func<int, int, BufferPool, GridLayer> create, Dropout dropout)
    {
        var buffers = new BufferPool();
        var layers = new List<(GridPatches?, int, GridLayer)>();
        for (int i = 0; i < count; i++)
        {
            GridPatches? read = patches(i);
            GridLayer layer = create(i, read?.VectorSize(inputs) ?? inputs, buffers);
            layers.Add((read, inputs, layer));
            inputs = layer.OutputSize;
        }
        return new GridStack(layers, dropout, buffers);
    }

    /// <summary>Computes the states of the last layer.</summary>
    /// <param name="x">[N,I]</param>
    /// <param name="grids">The grids.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N',S], and the grids of the last layer, which are smaller if it or a layer below it reads patches.</returns>
    public (Tensor States, GridPlaces Grids) Forward(Tensor x, GridPlaces grids, ForwardMode mode)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            if (i > 0) x = dropout.Forward(x, mode);
            if (layers[i].Patches is { } patches) (x, grids) = (patches.Forward(x, grids), patches.Of(grids));
            x = x.device_type == TorchSharp.DeviceType.CPU ? layers[i].Layer.Forward(x, grids) : layers[i].Layer.ForwardWithOperators(x, grids);
        }
        return (x, grids);
    }

    /// <summary>Adds the stack to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">[B,H',W',I]</param>
    /// <returns>[B,H'',W'',S]</returns>
    public string Export(OnnxGraph graph, string x)
    {
        foreach ((GridPatches? patches, int inputs, GridLayer layer) in layers)
            x = layer.Export(graph, patches is null ? x : patches.Export(graph, x, inputs));
        return x;
    }

    public void Dispose() => buffers.Dispose();
}
