using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The forward and backward pass of a batch through a recurrent layer. Tensors are created on the calling thread, which owns their dispose scope.
/// </summary>
internal sealed class LayerRun
{
    private readonly PackedBatch _batch;
    private readonly LayerWeights _weights;
    private readonly int _threads, _directions, _gateColumns, _hidden, _tokens, _inputs;
    private readonly Tensor _states;
    private readonly Matrix _x;
    private readonly int[]? _places;
    private readonly BufferPool.Lease _buffers;
    private readonly CellRun[] _runs;
    private readonly Matrix[] _gates;

    /// <param name="cell">The cell.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <param name="threads">Number of directions that run in parallel.</param>
    /// <param name="x">[U,I]</param>
    /// <param name="places">Row of x for each token, [N]; null if U = N.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="buffers">Working memory.</param>
    public LayerRun(RecurrentCell cell, PackedBatch batch, int threads, Tensor x, int[]? places, LayerWeights weights, BufferPool.Lease buffers)
    {
        (_batch, _threads, _x, _places, _weights, _buffers) = (batch, threads, new Matrix(x), places, weights, buffers);
        (_directions, _gateColumns, _hidden) = ((int)weights.Weight.shape[0], (int)weights.Weight.shape[1], weights.Hidden);
        (_tokens, _inputs) = (batch.Count, (int)x.shape[1]);
        _states = empty([_tokens, _directions * _hidden], ScalarType.Float32);                                            // [N,D·H]
        var (states, allRecurrent, biases) = (new Matrix(_states), MatrixOrNone(weights.Recurrent), new Matrix(weights.Bias));
        _gates = PerDirection(_ => buffers.Rent(_tokens, _gateColumns));                             // [N,G·H] each
        _runs = PerDirection(d => cell.Begin(new CellRunSetup(
            _gates[d],
            states.SliceColumns(d * _hidden, _hidden),
            cell.HasRecurrentWeights ? allRecurrent.Slice(d * _gateColumns, _gateColumns) : default,
            biases.Slice(d, 1).SliceColumns(_gateColumns, biases.Columns - _gateColumns),
            batch.RowsAt[0],
            buffers)));
    }

    /// <returns>[N,D·H]</returns>
    public Tensor Forward()
    {
        var (weight, biases) = (new Matrix(_weights.Weight), new Matrix(_weights.Bias));
        Matrix[] projected = _places is null ? _gates : PerDirection(_ => _buffers.Rent(_x.Rows, _gateColumns));         // [U,G·H] each
        EachDirection(d =>
        {
            for (int u = 0; u < _x.Rows; u++) biases.RowSpan(d)[.._gateColumns].CopyTo(projected[d].RowSpan(u));
            MatrixProduct.Compute(projected[d], 1, _x, weight.Slice(d * _gateColumns, _gateColumns), transposeB: true);
            for (int n = 0; _places is not null && n < _tokens; n++) projected[d].RowSpan(_places[n]).CopyTo(_gates[d].RowSpan(n));
            for (int s = 0; s < _batch.Steps; s++) _runs[d].Forward(Step(d, s));
        });
        return _states;
    }

    /// <summary>Receives the norms of the gradients in the forward direction; null if they are not reported.</summary>
    public GradientFlow? Flow { get; init; }

    public LayerGradients Backward(Tensor stateGradient)
    {
        Tensor weightGradient = empty([_directions, _gateColumns, _inputs], ScalarType.Float32);
        Tensor biasGradient = zeros(_weights.Bias.shape, ScalarType.Float32);
        Tensor? recurrentGradient = _weights.Recurrent is null ? null : empty([_directions, _gateColumns, _hidden], ScalarType.Float32);
        Tensor[] inputGradients = PerDirection(_ => empty([_x.Rows, _inputs], ScalarType.Float32));
        var (fromAbove, states, weight) = (new Matrix(stateGradient), new Matrix(_states), new Matrix(_weights.Weight));
        var (dW, dR, db) = (new Matrix(weightGradient), MatrixOrNone(recurrentGradient), new Matrix(biasGradient));
        Matrix[] dX = Array.ConvertAll(inputGradients, g => new Matrix(g));
        Matrix[] dGates = PerDirection(_ => _buffers.Rent(_tokens, _gateColumns));
        Matrix[] dProjected = _places is null ? dGates : PerDirection(_ => _buffers.RentZeros(_x.Rows, _gateColumns));
        Matrix[] carried = PerDirection(_ => _buffers.RentZeros(_batch.RowsAt[0], _hidden));
        Matrix[] previous = PerDirection(_ => recurrentGradient is null ? default : _buffers.RentZeros(_tokens, _hidden));
        foreach (CellRun run in _runs) run.BeginBackward();

        EachDirection(d =>
        {
            Matrix own = states.SliceColumns(d * _hidden, _hidden), above = fromAbove.SliceColumns(d * _hidden, _hidden);
            for (int s = _batch.Steps - 1; s >= 0; s--)
            {
                RunStep step = Step(d, s);
                if (d == 0 && Flow is { } flow) Record(flow, s, step, above, carried[d]);
                _runs[d].Backward(step, above, carried[d], dGates[d]);
                for (int b = 0; recurrentGradient is not null && b < step.Carried; b++)
                    own.RowSpan(step.Previous + b).CopyTo(previous[d].RowSpan(step.Start + b));
            }
            if (recurrentGradient is not null) _runs[d].RecurrentGradient(dGates[d], previous[d], dR.Slice(d * _gateColumns, _gateColumns));
            _runs[d].AddRecurrentBiasGradient(db.RowSpan(d)[_gateColumns..]);
            for (int n = 0; _places is not null && n < _tokens; n++) Add(dGates[d].RowSpan(n), dProjected[d].RowSpan(_places[n]));
            MatrixProduct.Compute(dW.Slice(d * _gateColumns, _gateColumns), 0, dProjected[d], _x, transposeA: true);
            MatrixProduct.Compute(dX[d], 0, dProjected[d], weight.Slice(d * _gateColumns, _gateColumns));
            for (int u = 0; u < _x.Rows; u++) Add(dProjected[d].RowSpan(u), db.RowSpan(d)[.._gateColumns]);
        });

        for (int d = 1; d < _directions; d++) inputGradients[0].add_(inputGradients[d]);
        _buffers.Dispose();
        return new LayerGradients(inputGradients[0], weightGradient, recurrentGradient, biasGradient);
    }

    private void Record(GradientFlow flow, int s, RunStep step, Matrix above, Matrix carried)
    {
        for (int b = 0; b < step.Count; b++)
        {
            ReadOnlySpan<float> fromAbove = above.RowSpan(step.Start + b), fromLater = carried.RowSpan(b);
            double squares = 0;
            for (int j = 0; j < _hidden; j++) squares += Math.Pow(fromAbove[j] + fromLater[j], 2);
            flow.Add(_batch.Lengths[b] - 1 - s, Math.Sqrt(squares));
        }
    }

    /// <summary>Returns the s-th step of a direction, which starts at the first or at the last token.</summary>
    private RunStep Step(int direction, int s)
    {
        int t = direction == 0 ? s : _batch.Steps - 1 - s;
        int before = direction == 0 ? t - 1 : t + 1;
        if (s == 0) return new RunStep(_batch.Offsets[t], _batch.RowsAt[t], 0, 0);
        return new RunStep(_batch.Offsets[t], _batch.RowsAt[t], _batch.Offsets[before], Math.Min(_batch.RowsAt[t], _batch.RowsAt[before]));
    }

    private static Matrix MatrixOrNone(Tensor? tensor) => tensor is null ? default : new Matrix(tensor);

    private static void Add(ReadOnlySpan<float> values, Span<float> sum) => System.Numerics.Tensors.TensorPrimitives.Add(sum, values, sum);

    private T[] PerDirection<T>(Func<int, T> make) => Enumerable.Range(0, _directions).Select(make).ToArray();

    private void EachDirection(Action<int> run)
    {
        if (_directions == 1 || _threads == 1)
        {
            for (int d = 0; d < _directions; d++) run(d);
            return;
        }
        Task other = Task.Run(() => OnPoolThread(() => run(1)));
        try
        {
            run(0);
        }
        finally
        {
            other.Wait();           // even after an exception, the buffers must not be freed while the other direction writes to them
        }
    }

    /// <summary>
    /// Runs an action on a pool thread. Gradient mode and the number of libtorch threads belong to the calling thread. A pool thread starts with the defaults,
    /// which would record gradients and would make two directions with several threads each compete for the cores.
    /// </summary>
    private static void OnPoolThread(Action run)
    {
        using var noGradients = no_grad();
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            run();
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
