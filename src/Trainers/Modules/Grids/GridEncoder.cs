using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// An encoder of grids, whose cells are the steps of a sequence, row by row. The states are those of the last layer, which has fewer cells if layers read
/// patches; or those of all cells of the grid, if each of them gets an output.
/// </summary>
internal sealed class GridEncoder : SequenceEncoder
{
    private readonly GridStack _stack;
    private readonly GridPatches?[] _patches;
    private readonly GridCellStates? _states;
    private readonly GridSize _patch;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="options">The options of the network, with those of grids.</param>
    /// <param name="inputs">C, the number of numbers per cell.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public GridEncoder(ParameterSet parameters, RnnEncoderOptions options, int inputs, int threads)
    {
        GridEncoding grid = options.Grid!;
        GridSize[] sizes =
        [
            new GridSize(grid.PatchHeight, grid.PatchWidth),
            .. Enumerable.Repeat(new GridSize(grid.Subsampling, grid.Subsampling), options.Layers - 1),
        ];
        _patches = Array.ConvertAll(sizes, size => size.Cells > 1 ? new GridPatches(size) : null);
        _stack = GridStack.Create(
            options.Layers, inputs, i => _patches[i],
            (i, vectors, buffers) => GridLayers.Create(new GridLayerSetup(parameters, $"grid.{i}", grid, vectors, options.HiddenSize, threads, buffers)),
            new Dropout(options.Dropout));
        _patch = sizes.Aggregate((a, b) => new GridSize(a.Height * b.Height, a.Width * b.Width));
        // A state for each cell takes as much memory as a step.
        (CellsPerStep, OutputSize) = (grid.HasStatesOfCells ? 1 : sizes[0].Cells, _stack.OutputSize);
        if (!grid.HasStatesOfCells || _patch.Cells == 1) return;
        _states = new GridCellStates(parameters, _patch, _stack.OutputSize, inputs, options.HiddenSize, threads);
        OutputSize = options.HiddenSize;
    }

    public override int OutputSize { get; }

    public override int Directions => 1;

    public override int CellsPerStep { get; }

    public override Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        Tensor x = input.Expanded();                                                                        // [N,C]
        GridPlaces grids = Places(batch);
        (Tensor states, GridPlaces last) = _stack.Forward(x, grids, mode);                                  // [N',S]
        if (_states is not null) return _states.Forward(states, last, x, grids);                            // [N,U]
        PackedBatch layout = Layout(batch);
        if (ReferenceEquals(layout, batch)) return states;
        var places = new long[layout.Count];
        for (int row = 0; row < layout.Rows.Length; row++)
            for (int cell = 0; cell < layout.Lengths[row]; cell++) places[layout.Position(row, cell)] = last.Position(layout.Rows[row], cell);
        return states.index_select(0, tensor(places, device: states.device));                               // [N',S]
    }

    public override PackedBatch Layout(PackedBatch batch)
    {
        if (_states is not null || _patches.All(patches => patches is null)) return batch;
        GridPlaces last = _patches.Aggregate(Places(batch), (grids, patches) => patches?.Of(grids) ?? grids);
        return PackedBatch.OfLengths([.. last.Sizes.Select(size => size.Cells)]);
    }

    public override (string States, string Final) Export(OnnxGraph graph, string x, string lengths)
    {
        string width = graph.InputInt64(NetworkSignature.Width, "The width of the grids, which all have the same size.", 1L);
        string grid = ExportGrid(graph, x, width);                                                          // [B,H',W',C]
        string states = _stack.Export(graph, grid);                                                         // [B,H'',W'',S]
        if (_states is not null) states = _states.Export(graph, states, grid);                              // [B,H',W',U]
        var shape = GridShape.Of(graph, states);
        string bySteps = shape.Transpose(states, 1, 2, 0, 3);                                               // [H'',W'',B,S]
        return (graph.Node("Reshape", [bySteps, shape.Join(shape.Numbers(-1), shape.Grids, shape.Numbers(OutputSize))]), "");      // [T',B,S]
    }

    public override string ExportToSteps(OnnxGraph graph, string weights, string x)
    {
        if (_patch.Cells == 1) return weights;
        var whole = GridShape.Of(graph, ExportGrid(graph, x, NetworkSignature.Width));
        string height = whole.Parts(whole.Height, _patch.Height), width = whole.Parts(whole.Width, _patch.Width);
        string patches = graph.Node("Reshape", [weights, whole.Join(height, whole.Numbers(1), width, whole.Numbers(1), whole.Grids)]);
        string cells = graph.Node(
            "Expand", [patches, whole.Join(height, whole.Numbers(_patch.Height), width, whole.Numbers(_patch.Width), whole.Grids)]);
        string tall = graph.Node("Mul", [height, whole.Numbers(_patch.Height)]), wide = graph.Node("Mul", [width, whole.Numbers(_patch.Width)]);
        string filled = graph.Node("Reshape", [cells, whole.Join(tall, wide, whole.Grids)]);                // [pH'',qW'',B]
        string own = graph.Node("Slice", [filled, whole.Numbers(0, 0), whole.Join(whole.Height, whole.Width), whole.Numbers(0, 1)]);
        string steps = graph.Node("Reshape", [own, whole.Join(whole.Numbers(-1), whole.Grids, whole.Numbers(1))]);          // [T,B,1]
        return graph.Node("Div", [steps, graph.Node("ReduceSum", [steps, graph.Constant([0], 1)])]);
    }

    public override void Dispose() => _stack.Dispose();

    private static GridPlaces Places(PackedBatch batch) =>
        new([.. batch.Lengths.Zip(batch.Widths, (cells, width) => new GridSize(cells / width, width))], batch.Position);

    /// <summary>Returns the cells of a batch, [T,B,C], as grids, [B,H',W',C].</summary>
    private static string ExportGrid(OnnxGraph graph, string x, string width)
    {
        string shape = graph.Node("Shape", [x]);                                                            // T, B, C
        string Size(long axis) => graph.Node("Gather", [shape, graph.Constant([axis], 1)], ("axis", 0L));
        string height = graph.Node("Div", [Size(0), width]);
        string grid = graph.Node("Reshape", [x, graph.Node("Concat", [height, width, Size(1), Size(2)], ("axis", 0L))]);    // [H',W',B,C]
        return graph.Node("Transpose", [grid], ("perm", new long[] { 2, 0, 1, 3 }));
    }
}
