using MlNetRnn.Onnx;

namespace MlNetRnn.Modules;

/// <summary>
/// A layer over grids as nodes of a graph. The rows of a grid are skewed, each one cell further to the right than the row above, so that a diagonal becomes a
/// column; an operator Scan goes from column to column. Only its body, not the number of its steps, is part of the graph: it accepts grids of any size.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="cell">The cell.</param>
/// <param name="hidden">H.</param>
internal sealed class ScannedGridGraph(OnnxGraph graph, GridCell cell, int hidden)
{
    private const long End = long.MaxValue, Beginning = long.MinValue;

    private GridShape _size = null!;

    /// <summary>Exports a layer.</summary>
    /// <param name="x">B grids of the same size, [B,H',W',I].</param>
    /// <param name="weight">W, [D,G·H,I].</param>
    /// <param name="recurrent">R, [D,2,G·H,H].</param>
    /// <param name="bias">b, [D,G·H].</param>
    /// <param name="corners">The corners where the directions start, D.</param>
    /// <returns>[B,H',W',D·H]</returns>
    public string Export(string x, string weight, string recurrent, string bias, GridCorner[] corners)
    {
        _size = GridShape.Of(graph, x);
        string[] directions =
        [
            .. corners.Select((corner, d) =>
            {
                string ofDirection = Of(weight, d), both = Of(recurrent, d);
                string flipped = Flip(x, corner);
                string projected = graph.Node("Add", [graph.Node("MatMul", [flipped, Transposed(ofDirection)]), Of(bias, d)]);     // [B,H',W',G·H]
                return Flip(Scan(projected, (Transposed(Of(both, 0)), Transposed(Of(both, 1)))), corner);
            }),
        ];
        return graph.Node("Concat", directions, ("axis", 3L));
    }

    /// <summary>Computes the states from the top left corner, [B,H',W',H].</summary>
    private string Scan(string projected, (string Left, string Above) weights)
    {
        string columns = Skew(projected);                                                                           // [H'+W'−1,H',B,G·H]
        string mask = Mask();                                                                                       // [H'+W'−1,H',1,1]
        string zeros = graph.Node("Expand", [graph.Scalar(0), _size.Join(_size.Height, _size.Grids, _size.Numbers(hidden))]);            // [H',B,H]

        OnnxGraph body = graph.Body("diagonal");
        string h = body.BodyInput("h");
        string? c = cell.HasMemory ? body.BodyInput("c") : null;
        (string now, string isInside) = (body.BodyInput("column"), body.BodyInput("inside"));
        var step = new ExportedGridStep(now, weights, h, Above(h), c, c is null ? null : Above(c), hidden);
        (string hidden1, string? memory) = cell.Export(body, step);
        // Cells outside of the grid must have the state 0, because cells inside read it.
        string inside = body.Node("Mul", [hidden1, isInside]);
        body.BodyOutput(inside);
        if (memory is not null) body.BodyOutput(body.Node("Mul", [memory, isInside]));
        body.BodyOutput(body.Node("Identity", [inside]));

        string[] initial = c is null ? [zeros] : [zeros, zeros];
        string states = graph.Node(
            "Scan", [.. initial, columns, mask], initial.Length + 1, ("body", body), ("num_scan_inputs", 2L))[^1];      // [H'+W'−1,H',B,H]
        return Unskew(states);

        // The row above: all rows but the last, after a row of zeros.
        string Above(string value)
        {
            string rows = body.Node("Slice", [value, body.Constant([0], 1), body.Constant([-1], 1), body.Constant([0], 1)]);
            return body.Node("Pad", [rows, body.Constant([1, 0, 0, 0, 0, 0], 6)]);
        }
    }

    /// <summary>[B,H',W',F] → [H'+W'−1,H',B,F]: row r moves r cells to the right.</summary>
    private string Skew(string value)
    {
        string end = _size.Join(_size.Numbers(0, 0, 0, 0, 0, 0), _size.Height, _size.Numbers(0));
        string padded = graph.Node("Pad", [value, end]);                                                            // [B,H',W'+H',F]
        string diagonals = Diagonals();
        string flat = graph.Node("Reshape", [padded, _size.Numbers(0, -1, cell.Gates * hidden)]);                                 // [B,H'·(W'+H'),F]
        string cut = graph.Node("Slice", [flat, _size.Numbers(0), graph.Node("Mul", [_size.Height, diagonals]), _size.Numbers(1)]);
        string skewed = graph.Node("Reshape", [cut, _size.Join(_size.Numbers(0), _size.Height, diagonals, _size.Numbers(-1))]);             // [B,H',H'+W'−1,F]
        return graph.Node("Transpose", [skewed], ("perm", new long[] { 2, 1, 0, 3 }));
    }

    /// <summary>[H'+W'−1,H',B,F] → [B,H',W',F]</summary>
    private string Unskew(string value)
    {
        string byGrid = graph.Node("Transpose", [value], ("perm", new long[] { 2, 1, 0, 3 }));                      // [B,H',H'+W'−1,F]
        string flat = graph.Node("Reshape", [byGrid, _size.Numbers(0, -1, hidden)]);                                // [B,H'·(H'+W'−1),F]
        string end = _size.Join(_size.Numbers(0, 0, 0, 0), _size.Height, _size.Numbers(0));
        string padded = graph.Node("Pad", [flat, end]);                                                             // [B,H'·(H'+W'),F]
        string width = graph.Node("Add", [_size.Height, _size.Width]);
        string rows = graph.Node("Reshape", [padded, _size.Join(_size.Numbers(0), _size.Height, width, _size.Numbers(hidden))]);
        return graph.Node("Slice", [rows, _size.Numbers(0), _size.Width, _size.Numbers(2)]);
    }

    /// <summary>Returns 1 for the cells of the skewed grid that are cells of the grid, otherwise 0, [H'+W'−1,H',1,1].</summary>
    private string Mask()
    {
        string columns = graph.Node("Unsqueeze", [Range(Diagonals()), _size.Numbers(1)]);                            // [H'+W'−1,1]
        string column = graph.Node("Sub", [columns, Range(_size.Height)]);                                          // [H'+W'−1,H']
        string isRight = graph.Node("Not", [graph.Node("Less", [column, _size.Numbers(0)])]);
        string isInside = graph.Node("And", [isRight, graph.Node("Less", [column, _size.Width])]);
        return graph.Node("Unsqueeze", [graph.Node("Cast", [isInside], ("to", 1L)), _size.Numbers(2, 3)]);
    }

    private string Flip(string value, GridCorner corner)
    {
        long[] axes = [.. new[] { (Axis: 1L, Flips: corner.FromBottom), (Axis: 2L, Flips: corner.FromRight) }.Where(a => a.Flips).Select(a => a.Axis)];
        if (axes.Length == 0) return value;
        long[] All(long number) => [.. axes.Select(_ => number)];
        return graph.Node("Slice", [value, _size.Numbers(All(End)), _size.Numbers(All(Beginning)), _size.Numbers(axes), _size.Numbers(All(-1))]);
    }

    private string Diagonals() => graph.Node("Sub", [graph.Node("Add", [_size.Height, _size.Width]), _size.Numbers(1)]);

    private string Range(string count) =>
        graph.Node("Range", [graph.Constant([0], []), graph.Node("Squeeze", [count]), graph.Constant([1], [])]);

    private string Of(string value, long index) => graph.Node("Gather", [value, graph.Constant([index], [])], ("axis", 0L));

    private string Transposed(string matrix) => graph.Node("Transpose", [matrix], ("perm", new long[] { 1, 0 }));
}
