using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>One layer of any cell, forward or bidirectional (Schuster and Paliwal, 1997; lecture row L11).</summary>
internal sealed class RecurrentLayer
{
    private readonly RecurrentCell _cell;
    private readonly int _inputs, _hidden, _directions, _gateColumns, _threads;
    private readonly Parameter _weight, _recurrent, _bias;
    private readonly BufferPool _buffers;

    public RecurrentLayer(ParameterSet parameters, string name, RecurrentCell cell, int inputs, int hidden, int directions, int threads, BufferPool buffers)
    {
        (_cell, _inputs, _hidden, _directions, _threads, _buffers) = (cell, inputs, hidden, directions, threads, buffers);
        _gateColumns = cell.Gates * hidden;
        float bound = 1 / MathF.Sqrt(hidden);
        _weight = parameters.Uniform($"{name}.weight", bound, directions, _gateColumns, inputs);
        _recurrent = parameters.Uniform($"{name}.recurrent", bound, directions, _gateColumns, hidden);
        _bias = parameters.Constant($"{name}.bias", 0, directions, _gateColumns);
        for (int d = 0; d < directions; d++) cell.InitializeBias(_bias.Value.Span().Slice(d * _gateColumns, _gateColumns), hidden);
    }

    /// <param name="input">The vectors of the batch's tokens.</param>
    /// <param name="batch">How the tokens are packed.</param>
    /// <returns>[N,D·H]</returns>
    public Tensor Forward(LayerInput input, PackedBatch batch) =>
        RecurrentLayerFunction.Apply(input, _weight.Value, _recurrent.Value, _bias.Value, _cell, batch, _threads, _buffers);

    /// <summary>The same with libtorch operators, one by one: the yardstick in tests.</summary>
    /// <param name="x">[N,I]</param>
    /// <param name="batch">How x is packed.</param>
    /// <returns>[N,D·H]</returns>
    internal Tensor ForwardWithOperators(Tensor x, PackedBatch batch)
    {
        var outputs = new Tensor[_directions];
        for (int d = 0; d < _directions; d++)
        {
            Tensor projected = nn.functional.linear(x, _weight.Value[d], _bias.Value[d]);                       // [N,G·H]
            Tensor h = zeros([batch.RowsAt[0], _hidden], ScalarType.Float32), memory = zeros_like(h);             // [B,H]
            var steps = new Tensor[batch.Steps];
            for (int s = 0; s < batch.Steps; s++)
            {
                int t = d == 0 ? s : batch.Steps - 1 - s;
                int rows = batch.RowsAt[t];
                Tensor now = projected.narrow(0, batch.Offsets[t], rows);                                       // [b,G·H]
                (Tensor next, Tensor nextMemory) = _cell.Step(now, _recurrent.Value[d], (h.narrow(0, 0, rows), memory.narrow(0, 0, rows)));
                steps[t] = next;
                // Rows that have ended (forward) or not begun (backward) keep their place; the backward ones still hold the zero state.
                h = cat([next, h.narrow(0, rows, h.shape[0] - rows)]);
                memory = cat([nextMemory, memory.narrow(0, rows, memory.shape[0] - rows)]);
            }
            outputs[d] = cat(steps);                                                                            // [N,H]
        }
        return cat(outputs, 1);                                                                                 // [N,D·H]
    }

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    /// <returns>The states [T,B,D·H] and the final states [D,B,H].</returns>
    public (string States, string Final) Export(OnnxGraph graph, string x, string lengths)
    {
        float[] weight = ForOnnx(_weight, _inputs), recurrent = ForOnnx(_recurrent, _hidden), bias = ForOnnx(_bias, 1);
        // ONNX has two biases a gate, of the input and of the recurrence; the second stays 0.
        var biases = new float[_directions * 2 * _gateColumns];
        for (int d = 0; d < _directions; d++) bias.AsSpan(d * _gateColumns, _gateColumns).CopyTo(biases.AsSpan(2 * d * _gateColumns));
        var layer = new ExportedLayer(x, lengths,
            graph.Constant(_weight.Name, weight, _directions, _gateColumns, _inputs),
            graph.Constant(_recurrent.Name, recurrent, _directions, _gateColumns, _hidden),
            graph.Constant(_bias.Name, biases, _directions, 2 * _gateColumns),
            _directions, _hidden);
        (string states, string final) = _cell.Export(graph, layer);                                             // [T,D,B,H]
        string byRow = graph.Node("Transpose", [states], ("perm", new long[] { 0, 2, 1, 3 }));                  // [T,B,D,H]
        return (graph.Node("Reshape", [byRow, graph.Constant([0, 0, -1], 3)]), final);                          // [T,B,D·H]
    }

    /// <summary>The weights as ONNX's operator wants them, [D,G·H,columns].</summary>
    private float[] ForOnnx(Parameter parameter, int columns)
    {
        float[] numbers = parameter.ToArray();
        if (_cell.NegatedInOnnx is not { } gate) return numbers;
        for (int d = 0; d < _directions; d++)
            foreach (ref float number in numbers.AsSpan((d * _gateColumns + gate * _hidden) * columns, _hidden * columns)) number = -number;
        return numbers;
    }
}
