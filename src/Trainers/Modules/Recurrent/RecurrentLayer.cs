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
    private readonly Dropout _weightDropout;

    public RecurrentLayer(ParameterSet parameters, string name, RecurrentCell cell, LayerSize size, float weightDropout, int threads, BufferPool buffers)
    {
        (int inputs, int hidden, int directions) = size;
        (_cell, _hidden, _directions, _threads, _buffers) = (cell, hidden, directions, threads, buffers);
        _weightDropout = new Dropout(weightDropout);
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

    /// <summary>Computes the states of all steps.</summary>
    /// <param name="input">Vectors of the tokens of the batch.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N,D·H]</returns>
    public Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode) => Run(input, batch, mode, null, null, keepsMemory: false).States;

    /// <summary>Computes the states of all steps, and the state after the last step of each row.</summary>
    /// <param name="initial">The state before the first step, for a forward layer; null for the state 0.</param>
    /// <param name="input">Vectors of the tokens of the batch.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>The states [N,D·H] and the final state.</returns>
    public (Tensor States, RecurrentState Final) ForwardFrom(RecurrentState? initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        (Tensor states, Tensor? memory, _) = Run(input, batch, mode, initial, null, keepsMemory: true);
        return (states, new RecurrentState(FinalStates(states, batch), memory));
    }

    /// <summary>Computes the same for a forward layer whose gates also depend on the states before each step in another way.</summary>
    /// <param name="initial">The state before the first step.</param>
    /// <param name="input">Vectors of the tokens of the batch.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <param name="stepInput">What is added to the gates.</param>
    /// <returns>The states [N,H], the final state, and the additional result of the step input, [N,R]; null for none.</returns>
    public (Tensor States, RecurrentState Final, Tensor? Output) ForwardFrom(
        RecurrentState initial, LayerInput input, PackedBatch batch, ForwardMode mode, StepInput stepInput)
    {
        (Tensor states, Tensor? memory, Tensor? output) = Run(input, batch, mode, initial, stepInput, keepsMemory: true);
        return (states, new RecurrentState(FinalStates(states, batch), memory), output);
    }

    /// <summary>Adds weights of an additional input to the parameters, [G·H,I].</summary>
    /// <param name="parameters">Receives the weights.</param>
    /// <param name="name">Their name.</param>
    /// <param name="inputs">I.</param>
    public Parameter AddInput(ParameterSet parameters, string name, int inputs)
    {
        Parameter weight = parameters.Uniform(name, 1 / MathF.Sqrt(_hidden), _gateColumns, inputs);
        weight.Form = GateForm(inputs);
        return weight;
    }

    /// <summary>Computes the same step by step with libtorch operators, for other devices and as a reference in tests.</summary>
    /// <param name="x">[N,I]</param>
    /// <param name="batch">Layout of x.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <param name="initial">The state before the first step, for a forward layer; null for the state 0.</param>
    /// <returns>The states [N,D·H] and the final state.</returns>
    internal (Tensor States, RecurrentState Final) ForwardWithOperators(
        Tensor x, PackedBatch batch, ForwardMode mode, RecurrentState? initial = null)
    {
        (Tensor states, RecurrentState final, _) = ForwardWithOperators(x, batch, mode, initial, null);
        return (states, final);
    }

    /// <summary>Computes the same with additional gates at each step.</summary>
    internal (Tensor States, RecurrentState Final, Tensor? Output) ForwardWithOperators(
        Tensor x, PackedBatch batch, ForwardMode mode, RecurrentState? initial, StepInput? stepInput)
    {
        var additional = new List<Tensor>();
        var memories = new Tensor[_directions];
        var outputs = new Tensor[_directions];
        Device device = x.device;
        (Tensor weight, Tensor? recurrent, Tensor allBiases) = (_weight.On(device), DroppedRecurrent(device, mode), _bias.On(device));
        for (int d = 0; d < _directions; d++)
        {
            Tensor bias = allBiases[d], inside = bias.narrow(0, _gateColumns, bias.shape[0] - _gateColumns);
            var weights = new StepWeights(recurrent?[d], _cell.RecurrentBiases == 0 ? null : inside);
            Tensor projected = nn.functional.linear(x, weight[d], bias.narrow(0, 0, _gateColumns));      // [N,G·H]
            Tensor h = initial?.Hidden[d] ?? zeros([batch.RowsAt[0], _hidden], ScalarType.Float32, device);                // [B,H]
            Tensor memory = initial?.Memory?[d] ?? zeros_like(h);                                                         // [B,H]
            var steps = new Tensor[batch.Steps];
            for (int s = 0; s < batch.Steps; s++)
            {
                int t = d == 0 ? s : batch.Steps - 1 - s;
                int rows = batch.RowsAt[t];
                Tensor now = projected.narrow(0, batch.Offsets[t], rows);                                       // [b,G·H]
                if (stepInput is not null)
                {
                    (Tensor gates, Tensor? output) = stepInput.Step(h.narrow(0, 0, rows), _gateColumns);
                    now = now.Plus(gates);
                    if (output is not null) additional.Add(output);
                }
                (Tensor next, Tensor nextMemory) = _cell.Step(now, weights, (h.narrow(0, 0, rows), memory.narrow(0, 0, rows)));
                steps[t] = next;
                // Rows that have ended (forward) or not started (backward) keep their position; the latter still have the state 0.
                h = cat([next, h.narrow(0, rows, h.shape[0] - rows)]);
                memory = cat([nextMemory, memory.narrow(0, rows, memory.shape[0] - rows)]);
            }
            outputs[d] = cat(steps);                                                                            // [N,H]
            memories[d] = memory;
        }
        Tensor states = cat(outputs, 1);                                                                        // [N,D·H]
        var final = new RecurrentState(FinalStates(states, batch), _cell.HasMemory ? stack(memories) : null);
        return (states, final, additional.Count == 0 ? null : cat(additional));                                 // [N,R]
    }

    private (Tensor States, Tensor? FinalMemory, Tensor? Output) Run(
        LayerInput input, PackedBatch batch, ForwardMode mode, RecurrentState? initial, StepInput? stepInput, bool keepsMemory)
    {
        var weights = new LayerWeights(_weight.Value, DroppedRecurrent(CPU, mode), _bias.Value);
        var call = new LayerCall(_cell, batch, _hidden, input.Places, keepsMemory, _threads, Flow) { Input = stepInput };
        return RecurrentLayerFunction.Apply(input.Vectors, weights, initial, call, _buffers);
    }

    /// <summary>Returns the state after the last step of each row, [D,B,H].</summary>
    private Tensor FinalStates(Tensor states, PackedBatch batch)
    {
        IEnumerable<Tensor> ends = Enumerable.Range(0, _directions).Select(d =>
        {
            long[] last = [.. batch.Lengths.Select((_, b) => (long)batch.LastPosition(b, isForward: d == 0))];
            return states.narrow(1, d * _hidden, _hidden).index_select(0, tensor(last, device: states.device));         // [B,H]
        });
        return stack(ends);                                                                                             // [D,B,H]
    }

    /// <summary>Returns R, some numbers of which are dropped in training: the same ones for all steps of the batch.</summary>
    private Tensor? DroppedRecurrent(Device device, ForwardMode mode) =>
        _recurrent is null ? null : _weightDropout.Forward(_recurrent.On(device), mode);

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    /// <param name="initial">The state before the first step; null for the state 0.</param>
    /// <param name="additional">The weights of an additional input, which follows x in the last dimension of the input; null for none.</param>
    /// <param name="keepsMemory">Whether the final memory is a result even without an initial state.</param>
    /// <returns>The states [T,B,D·H], the final states [D,B,H] and, if it is kept, the final memory [D,B,H].</returns>
    public ExportedStates Export(
        OnnxGraph graph, string x, string lengths, ExportedState? initial = null, Parameter? additional = null, bool keepsMemory = false)
    {
        string weight = _weight.Export(graph), recurrent = _recurrent?.Export(graph) ?? "", bias = _bias.Export(graph);
        if (additional is not null) weight = graph.Node("Concat", [weight, additional.Export(graph)], ("axis", 2L));      // [1,G·H,I+J]
        var layer = new ExportedLayer(x, lengths, weight, recurrent, bias, _directions, _hidden, initial) { KeepsMemory = keepsMemory };
        ExportedStates states = _cell.Export(graph, layer);                                                     // [T,D,B,H]
        string byRow = graph.Node("Transpose", [states.All], ("perm", new long[] { 0, 2, 1, 3 }));              // [T,B,D,H]
        return states with { All = graph.Node("Reshape", [byRow, graph.Constant([0, 0, -1], 3)]) };             // [T,B,D·H]
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
