using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A layer that scans each grid from one, two or four corners (Graves et al., 2007).</summary>
internal sealed class ScannedGridLayer : GridLayer
{
    private readonly GridCell _cell;
    private readonly int _hidden, _threads;
    private readonly GridCorner[] _corners;
    private readonly Parameter _weight, _recurrent, _bias;
    private readonly BufferPool _buffers;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="name">The name of the layer.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="size">The sizes of the layer; D is 1, 2 or 4.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    /// <param name="buffers">Working memory.</param>
    public ScannedGridLayer(ParameterSet parameters, string name, GridCell cell, LayerSize size, int threads, BufferPool buffers)
    {
        (int inputs, int hidden, int directions) = size;
        (_cell, _hidden, _threads, _buffers, _corners) = (cell, hidden, threads, buffers, GridCorner.Of(directions));
        float bound = 1 / MathF.Sqrt(hidden);
        int gates = cell.Gates * hidden;
        _weight = parameters.Uniform($"{name}.weight", bound, directions, gates, inputs);
        _recurrent = parameters.Uniform($"{name}.recurrent", bound, directions, GridCell.Dimensions, gates, hidden);
        _bias = parameters.Bias($"{name}.bias", 0, directions, gates);
        for (int d = 0; d < directions; d++) cell.InitializeBias(_bias.Value.Span().Slice(d * gates, gates), hidden);
    }

    public override int OutputSize => _corners.Length * _hidden;

    public override Tensor Forward(Tensor x, GridPlaces grids) =>
        GridLayerFunction.Apply(x, _weight.Value, _recurrent.Value, _bias.Value, new GridLayerCall(_cell, grids, _corners, _hidden, _threads), _buffers);

    public override string Export(OnnxGraph graph, string x) =>
        new ScannedGridGraph(graph, _cell, _hidden).Export(x, _weight.Export(graph), _recurrent.Export(graph), _bias.Export(graph), _corners);

    internal override Tensor ForwardWithOperators(Tensor x, GridPlaces grids)
    {
        Device device = x.device;
        (Tensor weight, Tensor recurrent, Tensor bias) = (_weight.On(device), _recurrent.On(device), _bias.On(device));
        Tensor zero = zeros([1, _hidden], ScalarType.Float32, device);                                                  // [1,H]
        var directions = new List<Tensor>();
        for (int d = 0; d < _corners.Length; d++)
        {
            Tensor projected = nn.functional.linear(x, weight[d], bias[d]);                                             // [N,G·H]
            var states = new Tensor[x.shape[0]];
            for (int grid = 0; grid < grids.Sizes.Count; grid++)
            {
                GridSize size = grids.Sizes[grid];
                var known = new Dictionary<(int, int), (Tensor Hidden, Tensor Memory)>();
                (Tensor, Tensor) At(int row, int column) => known.TryGetValue((row, column), out var state) ? state : (zero, zero);
                for (int row = 0; row < size.Height; row++)
                {
                    for (int column = 0; column < size.Width; column++)
                    {
                        int position = grids.Position(grid, _corners[d].Cell(size, row, column));
                        known[(row, column)] = _cell.Step(
                            projected.narrow(0, position, 1), recurrent[d], At(row, column - 1), At(row - 1, column));
                        states[position] = known[(row, column)].Hidden;
                    }
                }
            }
            directions.Add(cat(states));                                                                                // [N,H]
        }
        return cat(directions, 1);                                                                                      // [N,D·H]
    }
}

/// <summary>The arguments of a run of a layer that are not tensors.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Grids">The grids.</param>
/// <param name="Corners">The corners where the directions start, D.</param>
/// <param name="Hidden">H.</param>
/// <param name="Threads">The number of threads that the layer may use.</param>
internal sealed record GridLayerCall(GridCell Cell, GridPlaces Grids, GridCorner[] Corners, int Hidden, int Threads);
