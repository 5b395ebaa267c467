using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A layer of a ReNet (Visin et al., 2015): a bidirectional recurrent layer reads each row of a grid, and another one reads each column of the results. All
/// rows of all grids are one batch, so that it is faster than a scan over diagonals; a state depends on the cells of its row and its column through two layers.
/// </summary>
internal sealed class SweptGridLayer : GridLayer
{
    private const int Directions = 2;

    private readonly RecurrentLayer _rows, _columns;
    private readonly int _hidden;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="name">The name of the layer.</param>
    /// <param name="cell">The cell of both sweeps.</param>
    /// <param name="inputs">I, the size of an input vector.</param>
    /// <param name="hidden">H, the size of the state of one direction.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    /// <param name="buffers">Working memory.</param>
    public SweptGridLayer(ParameterSet parameters, string name, RecurrentCell cell, int inputs, int hidden, int threads, BufferPool buffers)
    {
        _hidden = hidden;
        _rows = new RecurrentLayer(parameters, $"{name}.rows", cell, new LayerSize(inputs, hidden, Directions), 0, threads, buffers);
        _columns = new RecurrentLayer(parameters, $"{name}.columns", cell, new LayerSize(Directions * hidden, hidden, Directions), 0, threads, buffers);
    }

    public override int OutputSize => Directions * _hidden;

    public override Tensor Forward(Tensor x, GridPlaces grids) =>
        Sweep(x, grids, (layer, input, batch) => layer.Forward(input, batch, ForwardMode.Scoring));

    public override string Export(OnnxGraph graph, string x)
    {
        var size = GridShape.Of(graph, x);
        string rows = Sweep(_rows, size.Transpose(x, 2, 0, 1, 3), (size.Width, size.Height));                       // [W',B,H',2·H]
        string columns = Sweep(_columns, size.Transpose(rows, 2, 1, 0, 3), (size.Height, size.Width));              // [H',B,W',2·H]
        return size.Transpose(columns, 1, 0, 2, 3);

        // [T,B,L,I] → [T,B,L,2·H] for L lines of T steps in each grid.
        string Sweep(RecurrentLayer layer, string value, (string Steps, string Lines) of)
        {
            const long Int32 = 6;
            string lines = graph.Node("Mul", [size.Grids, of.Lines]);
            string lengths = graph.Node("Expand", [graph.Node("Cast", [of.Steps], ("to", Int32)), lines]);          // [B·L]
            string vectors = graph.Node("Slice", [graph.Node("Shape", [value]), size.Numbers(3), size.Numbers(4)]);
            string joined = graph.Node("Reshape", [value, size.Join(of.Steps, lines, vectors)]);                    // [T,B·L,I]
            string states = layer.Export(graph, joined, lengths).All;                                               // [T,B·L,2·H]
            return graph.Node("Reshape", [states, size.Join(of.Steps, size.Grids, of.Lines, size.Numbers(-1))]);
        }
    }

    internal override Tensor ForwardWithOperators(Tensor x, GridPlaces grids) =>
        Sweep(x, grids, (layer, input, batch) => layer.ForwardWithOperators(input.Expanded(), batch, ForwardMode.Scoring).States);

    private Tensor Sweep(Tensor x, GridPlaces grids, Func<RecurrentLayer, LayerInput, PackedBatch, Tensor> run)
    {
        GridLines rows = GridLines.Rows(grids), columns = GridLines.Columns(grids);
        Tensor byRow = run(_rows, new LayerInput(x, rows.Places), rows.Batch);                                                // [N,2·H]
        int[] ofCells = rows.Inverse();
        Tensor byColumn = run(_columns, new LayerInput(byRow, Array.ConvertAll(columns.Places, place => ofCells[place])), columns.Batch);
        return byColumn.index_select(0, tensor(Array.ConvertAll(columns.Inverse(), place => (long)place), device: x.device));
    }
}
