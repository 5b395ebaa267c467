using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The forward and backward pass of a batch through a recurrent layer. Tensors are created on the calling thread, which owns their dispose scope. An initial
/// state occupies additional rows before those of the first step, so that the kernels treat it as the state of a preceding step.
/// </summary>
internal sealed class LayerRun
{
    /// <summary>The least number of rows, tokens or units for which a thread pays.</summary>
    private const int LeastPart = 8;

    private readonly LayerCall _call;
    private readonly PackedBatch _batch;
    private readonly LayerWeights _weights;
    private readonly int _directions, _gateColumns, _hidden, _initial, _tokens, _inputs;
    private readonly Tensor _states;
    private readonly Matrix _x;
    private readonly int[]? _places;
    private readonly BufferPool.Lease _buffers;
    private readonly CellRun[] _runs;
    private readonly Matrix[] _gates;
    private readonly StepInputRun? _input;

    /// <param name="call">The arguments of the run.</param>
    /// <param name="x">[U,I]</param>
    /// <param name="weights">The weights.</param>
    /// <param name="initial">The state before the first step, for a forward layer; null for the state 0.</param>
    /// <param name="buffers">Working memory.</param>
    /// <param name="inputArguments">The arguments of the step input of the call, if there is one.</param>
    public LayerRun(LayerCall call, Tensor x, LayerWeights weights, RecurrentState? initial, BufferPool.Lease buffers, params Tensor[] inputArguments)
    {
        (_call, _batch, _x, _places, _weights, _buffers) = (call, call.Batch, new Matrix(x), call.Places, weights, buffers);
        (_directions, _gateColumns, _hidden) = ((int)weights.Weight.shape[0], (int)weights.Weight.shape[1], call.Hidden);
        (_initial, _tokens, _inputs) = (initial is null ? 0 : _batch.RowsAt[0], _batch.Count, (int)x.shape[1]);
        int rows = _initial + _tokens;
        _states = empty([rows, _directions * _hidden], ScalarType.Float32);                          // [B+N,D·H], or [N,D·H]
        var (states, allRecurrent, biases) = (new Matrix(_states), MatrixOrNone(weights.Recurrent), new Matrix(weights.Bias));
        _gates = PerDirection(_ => buffers.Rent(rows, _gateColumns));                                // [B+N,G·H] each
        _runs = PerDirection(d => call.Cell.Begin(new CellRunSetup(
            _initial,
            _gates[d],
            states.SliceColumns(d * _hidden, _hidden),
            call.Cell.HasRecurrentWeights ? allRecurrent.Slice(d * _gateColumns, _gateColumns) : default,
            biases.Slice(d, 1).SliceColumns(_gateColumns, biases.Columns - _gateColumns),
            _batch.RowsAt[0],
            buffers)));
        if (initial is not null) Begin(initial, states);
        if (call.Input is null) return;
        if (initial is null) throw new InvalidOperationException("Recurrent layer: expected an initial state for a layer with a step input, got none.");
        _input = call.Input.Begin(inputArguments, _batch, _gateColumns, buffers);
    }

    /// <summary>The number of arguments of the step input.</summary>
    public int InputArguments => _call.Input?.Arguments.Length ?? 0;

    /// <summary>The additional result of the step input; null for none.</summary>
    public Tensor? Output => _input?.Output;

    /// <returns>The states [N,D·H], and the memory after the last step of each row, [D,B,H]; null if it is not kept.</returns>
    public (Tensor States, Tensor? FinalMemory) Forward()
    {
        var (weight, biases, states) = (new Matrix(_weights.Weight), new Matrix(_weights.Bias), new Matrix(_states));
        Matrix[] gates = Array.ConvertAll(_gates, TokensOf);
        Matrix[] projected = _places is null ? gates : PerDirection(_ => _buffers.Rent(_x.Rows, _gateColumns));         // [U,G·H] each
        ForEachPart(_x.Rows, (d, from, count) =>
        {
            Matrix part = projected[d].Slice(from, count);
            for (int u = 0; u < count; u++) biases.RowSpan(d)[.._gateColumns].CopyTo(part.RowSpan(u));
            MatrixProduct.Compute(part, 1, _x.Slice(from, count), weight.Slice(d * _gateColumns, _gateColumns), transposeB: true);
        });
        ForEachPart(_batch.RowsAt[0], (d, first, rows) =>
        {
            for (int s = 0; s < _batch.Steps; s++)
            {
                RunStep step = Step(d, s, first, rows);
                for (int b = 0; _places is not null && b < step.Count; b++)
                    projected[d].RowSpan(_places[step.Start - _initial + b]).CopyTo(_gates[d].RowSpan(step.Start + b));
                _input?.Forward(step, step.Start - _initial, states.Slice(step.Previous, step.Count), _gates[d].Slice(step.Start, step.Count));
                _runs[d].Forward(step);
            }
        });
        return (_initial == 0 ? _states : _states.narrow(0, _initial, _tokens), _call.KeepsMemory && _call.Cell.HasMemory ? FinalMemory() : null);
    }

    /// <param name="stateGradient">[N,D·H]</param>
    /// <param name="memoryGradient">∂L/∂C after the last step of each row, [D,B,H]; null if it is not a result.</param>
    /// <param name="outputGradient">∂L/∂ the additional result of the step input; null if there is none.</param>
    public LayerGradients Backward(Tensor stateGradient, Tensor? memoryGradient, Tensor? outputGradient = null)
    {
        Tensor weightGradient = empty([_directions, _gateColumns, _inputs], ScalarType.Float32);
        Tensor biasGradient = zeros(_weights.Bias.shape, ScalarType.Float32);
        Tensor? recurrentGradient = _weights.Recurrent is null ? null : empty([_directions, _gateColumns, _hidden], ScalarType.Float32);
        Tensor[] inputGradients = PerDirection(_ => empty([_x.Rows, _inputs], ScalarType.Float32));
        var (fromAbove, states, weight) = (new Matrix(stateGradient), new Matrix(_states), new Matrix(_weights.Weight));
        var (dW, dR, db) = (new Matrix(weightGradient), MatrixOrNone(recurrentGradient), new Matrix(biasGradient));
        Matrix[] dX = Array.ConvertAll(inputGradients, g => new Matrix(g));
        Matrix[] dGates = PerDirection(_ => _buffers.Rent(_initial + _tokens, _gateColumns)), dTokens = Array.ConvertAll(dGates, TokensOf);
        Matrix[] dProjected = _places is null ? dTokens : PerDirection(_ => _buffers.RentZeros(_x.Rows, _gateColumns));
        bool keepsPrevious = recurrentGradient is not null || _input is not null;
        Matrix[] carried = PerDirection(_ => _buffers.RentZeros(_batch.RowsAt[0], _hidden));
        Matrix[] previous = PerDirection(_ => keepsPrevious ? _buffers.RentZeros(_tokens, _hidden) : default);
        foreach (CellRun run in _runs) run.BeginBackward();
        _input?.BeginBackward(outputGradient);

        ForEachPart(_batch.RowsAt[0], (d, first, rows) =>
        {
            // The rows of the kernels begin with the initial state, which has no gradient from above and is not read.
            Matrix own = states.SliceColumns(d * _hidden, _hidden), above = fromAbove.SliceColumns(d * _hidden, _hidden).Slice(-_initial, _initial + _tokens);
            Matrix ownCarried = carried[d].Slice(first, rows);
            for (int s = _batch.Steps - 1; s >= 0; s--)
            {
                RunStep step = Step(d, s, first, rows);
                if (memoryGradient is not null) AddAtEnds(memoryGradient, d, s, first, rows);
                if (d == 0 && _call.Flow is { } flow) Record(flow, s, step, above, ownCarried);
                _runs[d].Backward(step, above, ownCarried, dGates[d]);
                _input?.Backward(
                    step, step.Start - _initial, own.Slice(step.Previous, step.Count), dGates[d].Slice(step.Start, step.Count), ownCarried);
                for (int b = 0; keepsPrevious && b < step.Carried; b++)
                    own.RowSpan(step.Previous + b).CopyTo(previous[d].RowSpan(step.Start - _initial + b));
            }
        });
        // Each thread computes the gradients of some units of all gates.
        ForEachPart(_hidden, (d, first, units) =>
        {
            if (recurrentGradient is not null) _runs[d].RecurrentGradient(dTokens[d], previous[d], dR.Slice(d * _gateColumns, _gateColumns), first, units);
            // All units are one product for all gates, some of them one for each gate.
            (int width, int stride) = units == _hidden ? (_gateColumns, _gateColumns) : (units, _hidden);
            for (int column = first; column < _gateColumns; column += stride)
            {
                for (int n = 0; _places is not null && n < _tokens; n++)
                    Add(dTokens[d].RowSpan(n).Slice(column, width), dProjected[d].RowSpan(_places[n]).Slice(column, width));
                Matrix ofUnits = dProjected[d].SliceColumns(column, width);
                MatrixProduct.Compute(dW.Slice(d * _gateColumns + column, width), 0, ofUnits, _x, transposeA: true);
                for (int u = 0; u < _x.Rows; u++) Add(ofUnits.RowSpan(u), db.RowSpan(d).Slice(column, width));
            }
        });
        ForEachPart(_x.Rows, (d, from, count) =>
            MatrixProduct.Compute(dX[d].Slice(from, count), 0, dProjected[d].Slice(from, count), weight.Slice(d * _gateColumns, _gateColumns)));

        for (int d = 0; d < _directions; d++) _runs[d].AddRecurrentBiasGradient(db.RowSpan(d)[_gateColumns..]);
        for (int d = 1; d < _directions; d++) inputGradients[0].PlusInPlace(inputGradients[d]);
        Tensor? dHidden = _initial == 0 ? null : ToTensor(carried[0]);                                      // [1,B,H]
        Tensor? dMemory = _initial == 0 || !_call.Cell.HasMemory ? null : ToTensor(_runs[0].MemoryGradient);     // [1,B,H]
        Tensor?[] dInput = _input?.EndBackward(previous[0], dTokens[0]) ?? [];
        _buffers.Dispose();
        return new LayerGradients(inputGradients[0], weightGradient, recurrentGradient, biasGradient, dHidden, dMemory) { Input = dInput };
    }

    /// <summary>Copies the initial state to the rows before the first step.</summary>
    private void Begin(RecurrentState initial, Matrix states)
    {
        if (_directions != 1)
            throw new InvalidOperationException("Recurrent layer: expected an initial state for a forward layer only, got one for two directions.");
        Matrix hidden = new(initial.Hidden), memory = MatrixOrNone(initial.Memory);
        if (hidden.Rows != _initial)
            throw new InvalidOperationException($"Recurrent layer: expected an initial state of {_initial} rows, got {hidden.Rows}.");
        for (int b = 0; b < _initial; b++)
        {
            hidden.RowSpan(b).CopyTo(states.RowSpan(b));
            if (_runs[0].Memory is { } own) memory.RowSpan(b).CopyTo(own.RowSpan(b));
        }
    }

    private Tensor FinalMemory()
    {
        Tensor final = empty([_directions, _batch.Rows.Length, _hidden], ScalarType.Float32);                // [D,B,H]
        var result = new Matrix(final);
        for (int d = 0; d < _directions; d++)
            for (int b = 0; b < _batch.Rows.Length; b++)
                _runs[d].Memory!.Value.RowSpan(_initial + _batch.LastPosition(b, isForward: d == 0)).CopyTo(result.RowSpan(d * _batch.Rows.Length + b));
        return final;
    }

    /// <summary>Adds the gradient of the final memory for those of some rows that end with a step of a direction.</summary>
    private void AddAtEnds(Tensor memoryGradient, int direction, int s, int first, int count)
    {
        Matrix gradient = new(memoryGradient), sum = _runs[direction].MemoryGradient;
        int rows = _batch.Rows.Length;
        // The forward direction ends with the last token of each row, the backward direction with the first one.
        for (int b = first; b < first + count; b++)
            if (direction == 0 ? _batch.Lengths[b] == s + 1 : s == _batch.Steps - 1) Add(gradient.RowSpan(direction * rows + b), sum.RowSpan(b));
    }

    private void Record(GradientFlow flow, int s, RunStep step, Matrix above, Matrix carried)
    {
        for (int b = 0; b < step.Count; b++)
        {
            ReadOnlySpan<float> fromAbove = above.RowSpan(step.Start + b), fromLater = carried.RowSpan(b);
            double squares = 0;
            for (int j = 0; j < _hidden; j++) squares += Math.Pow(fromAbove[j] + fromLater[j], 2);
            flow.Add(_batch.Lengths[step.First + b] - 1 - s, Math.Sqrt(squares));
        }
    }

    /// <summary>Returns the s-th step of some rows in a direction, which starts at the first or at the last token.</summary>
    private RunStep Step(int direction, int s, int first, int rows)
    {
        int t = direction == 0 ? s : _batch.Steps - 1 - s;
        int before = direction == 0 ? t - 1 : t + 1;
        int start = _initial + _batch.Offsets[t] + first, count = Math.Clamp(_batch.RowsAt[t] - first, 0, rows);
        // The initial state has a row for each row of the first step, or none.
        if (s == 0) return new RunStep(first, start, count, first, _initial == 0 ? 0 : count);
        int previous = _initial + _batch.Offsets[before] + first, carried = Math.Clamp(Math.Min(_batch.RowsAt[t], _batch.RowsAt[before]) - first, 0, rows);
        return new RunStep(first, start, count, previous, carried);
    }

    private Matrix TokensOf(Matrix matrix) => matrix.Slice(_initial, _tokens);

    private static Tensor ToTensor(Matrix matrix)
    {
        Tensor copy = empty([1, matrix.Rows, matrix.Columns], ScalarType.Float32);
        var target = new Matrix(copy);
        for (int row = 0; row < matrix.Rows; row++) matrix.RowSpan(row).CopyTo(target.RowSpan(row));
        return copy;
    }

    private static Matrix MatrixOrNone(Tensor? tensor) => tensor is null ? default : new Matrix(tensor);

    private static void Add(ReadOnlySpan<float> values, Span<float> sum) => System.Numerics.Tensors.TensorPrimitives.Add(sum, values, sum);

    private T[] PerDirection<T>(Func<int, T> make) => Enumerable.Range(0, _directions).Select(make).ToArray();

    /// <summary>
    /// Runs an action for parts of rows, steps or units, in each direction. Two directions have a thread each; a single one is divided among the threads.
    /// </summary>
    /// <param name="count">The number of things to divide.</param>
    /// <param name="run">Receives the direction, the first thing and the number of things of the part.</param>
    private void ForEachPart(int count, Action<int, int, int> run)
    {
        // The norms of gradients are sums over all rows, in their order.
        int parts = _directions == 2 || _call.Flow is not null ? 1 : Math.Clamp(count / LeastPart, 1, _call.Threads);
        LayerThreads.Run(_directions * parts, _call.Threads, i =>
        {
            (int from, int own) = LayerThreads.PartOf(count, i % parts, parts);
            run(i / parts, from, own);
        });
    }
}
