using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>One unidirectional or bidirectional layer of any cell (Schuster and Paliwal, 1997).</summary>
internal sealed class RecurrentLayer
{
    private readonly RecurrentCell _cell;
    private readonly int _hidden, _directions, _gateColumns, _threads;
    private readonly Parameter _weight, _bias;
    private readonly Parameter? _recurrent;
    private readonly BufferPool _buffers;

    public RecurrentLayer(ParameterSet parameters, string name, RecurrentCell cell, int inputs, int hidden, int directions, int threads, BufferPool buffers)
    {
        (_cell, _hidden, _directions, _threads, _buffers) = (cell, hidden, directions, threads, buffers);
        _gateColumns = cell.Gates * hidden;
        float bound = 1 / MathF.Sqrt(hidden);
        _weight = parameters.Uniform($"{name}.weight", bound, directions, _gateColumns, inputs);
        _weight.Form = GateForm(inputs);
        if (cell.HasRecurrentWeights)
        {
            _recurrent = parameters.Uniform($"{name}.recurrent", bound, directions, _gateColumns, hidden);
            _recurrent.Form = GateForm(hidden);
        }
        int biasSize = _gateColumns + cell.RecurrentBiases * hidden;
        _bias = parameters.Bias($"{name}.bias", 0, directions, biasSize);
        _bias.Form = new GraphForm([directions, 2 * cell.InOnnx.Count * hidden], BiasToGraph, BiasFromGraph);
        for (int d = 0; d < directions; d++) cell.InitializeBias(_bias.Value.Span().Slice(d * biasSize, biasSize), hidden);
    }

    /// <summary>Receives the norms of the gradients of the states; null if they are not reported.</summary>
    public GradientFlow? Flow { get; set; }

    /// <param name="input">Vectors of the tokens of the batch.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <returns>[N,D·H]</returns>
    public Tensor Forward(LayerInput input, PackedBatch batch) =>
        RecurrentLayerFunction.Apply(
            input, new LayerWeights(_weight.Value, _recurrent?.Value, _bias.Value, _hidden), _cell, batch, _threads, _buffers, Flow);

    /// <summary>Computes the same step by step with libtorch operators, for other devices and as a reference in tests.</summary>
    /// <param name="x">[N,I]</param>
    /// <param name="batch">Layout of x.</param>
    /// <returns>[N,D·H]</returns>
    internal Tensor ForwardWithOperators(Tensor x, PackedBatch batch)
    {
        var outputs = new Tensor[_directions];
        Device device = x.device;
        (Tensor weight, Tensor? recurrent, Tensor allBiases) = (_weight.On(device), _recurrent?.On(device), _bias.On(device));
        for (int d = 0; d < _directions; d++)
        {
            Tensor bias = allBiases[d], inside = bias.narrow(0, _gateColumns, bias.shape[0] - _gateColumns);
            var weights = new StepWeights(recurrent?[d], _cell.RecurrentBiases == 0 ? null : inside);
            Tensor projected = nn.functional.linear(x, weight[d], bias.narrow(0, 0, _gateColumns));      // [N,G·H]
            Tensor h = zeros([batch.RowsAt[0], _hidden], ScalarType.Float32, device), memory = zeros_like(h);             // [B,H]
            var steps = new Tensor[batch.Steps];
            for (int s = 0; s < batch.Steps; s++)
            {
                int t = d == 0 ? s : batch.Steps - 1 - s;
                int rows = batch.RowsAt[t];
                Tensor now = projected.narrow(0, batch.Offsets[t], rows);                                       // [b,G·H]
                (Tensor next, Tensor nextMemory) = _cell.Step(now, weights, (h.narrow(0, 0, rows), memory.narrow(0, 0, rows)));
                steps[t] = next;
                // Rows that have ended (forward) or not started (backward) keep their position; the latter still have the state 0.
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
        var layer = new ExportedLayer(x, lengths, _weight.Export(graph), _recurrent?.Export(graph) ?? "", _bias.Export(graph), _directions, _hidden);
        (string states, string final) = _cell.Export(graph, layer);                                             // [T,D,B,H]
        string byRow = graph.Node("Transpose", [states], ("perm", new long[] { 0, 2, 1, 3 }));                  // [T,B,D,H]
        return (graph.Node("Reshape", [byRow, graph.Constant([0, 0, -1], 3)]), final);                          // [T,B,D·H]
    }

    private GraphForm GateForm(int columns) => new(
        [_directions, _cell.InOnnx.Count * _hidden, columns],
        numbers => _cell.InOnnx.ToGraph(numbers, _directions, _hidden * columns),
        numbers => _cell.InOnnx.FromGraph(numbers, _directions, _hidden * columns));

    // ONNX has two biases per gate, of the input and of the recurrence. The second is 0 unless the cell adds a bias inside the recurrence.
    private float[] BiasToGraph(float[] own)
    {
        int inside = own.Length / _directions - _gateColumns, block = _cell.InOnnx.Count * _hidden;
        var result = new float[_directions * 2 * block];
        for (int d = 0; d < _directions; d++)
        {
            ReadOnlySpan<float> bias = own.AsSpan(d * (_gateColumns + inside), _gateColumns + inside);
            _cell.InOnnx.ToGraph(bias[.._gateColumns].ToArray(), 1, _hidden).CopyTo(result, 2 * d * block);
            if (_cell.InOnnx.RecurrentBias is { } gate) bias[_gateColumns..].CopyTo(result.AsSpan((2 * d + 1) * block + gate * _hidden));
        }
        return result;
    }

    private float[] BiasFromGraph(float[] graph)
    {
        int inside = _cell.RecurrentBiases * _hidden, block = _cell.InOnnx.Count * _hidden;
        var result = new float[_directions * (_gateColumns + inside)];
        for (int d = 0; d < _directions; d++)
        {
            Span<float> bias = result.AsSpan(d * (_gateColumns + inside), _gateColumns + inside);
            _cell.InOnnx.FromGraph(graph.AsSpan(2 * d * block, block).ToArray(), 1, _hidden).CopyTo(bias);
            if (_cell.InOnnx.RecurrentBias is { } gate) graph.AsSpan((2 * d + 1) * block + gate * _hidden, _hidden).CopyTo(bias[_gateColumns..]);
        }
        return result;
    }
}
