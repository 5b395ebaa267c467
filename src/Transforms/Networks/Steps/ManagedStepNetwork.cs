using MlNetRnn.Decoding;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// A network that predicts the next symbol, without native code. A step reads each weight once for all rows. The results of a row do not depend on
/// the other rows, to the last bit. Not thread-safe; the weights are shared, so an additional instance costs only the states of its rows.
/// </summary>
internal sealed class ManagedStepNetwork : INextSymbols
{
    /// <summary>The minimum number of rows per thread: with fewer, reading the weights takes longer than using them.</summary>
    private const int RowsPerThread = 8;

    /// <summary>The minimum number of multiplications per thread: with fewer, starting the threads takes as long as the step.</summary>
    private const long ProductsPerThread = 2 << 20;

    private readonly StepNetworkWeights _weights;
    private readonly LayerState[] _states;
    private readonly StepStateFormat _format;
    private readonly int _gateStride, _scratchStride, _threads;
    private int[] _symbols = [];
    private float[] _gates = [], _scratch = [], _projected = [], _logits = [];

    /// <param name="weights">The weights.</param>
    /// <param name="rows">B.</param>
    /// <param name="fingerprint">A number that differs between models, for saved states.</param>
    /// <param name="threads">The maximum number of threads. It does not change the results.</param>
    public ManagedStepNetwork(StepNetworkWeights weights, int rows, ulong fingerprint = 0, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (_weights, _threads) = (weights, Math.Max(1, threads));
        _states = [.. weights.Layers.Select(layer => new LayerState(layer, rows))];
        _format = StepStateFormat.Of(weights.Layers, fingerprint);
        _gateStride = weights.LaterInputs.Select(input => input.Stride).Append(weights.Inputs.Stride).Max();
        _scratchStride = weights.Layers.Select(layer => layer.Scratch).Append(weights.Inputs.Scratch).Max();
        MakeRoom(rows);
    }

    public int Symbols => _weights.Symbols;

    public int Rows { get; private set; }

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        StepArguments.CheckSymbols(symbols, Rows, Symbols);
        StepArguments.CheckResult(logProbabilities, Rows, Symbols);
        symbols.CopyTo(_symbols);
        Step(Rows, isWanted: true);
        for (int b = 0; b < Rows; b++) _logits.AsSpan(b * _weights.Output.Stride, Symbols).CopyTo(logProbabilities[(b * Symbols)..]);
    }

    /// <summary>Reads prompts without computing the distributions after each symbol.</summary>
    public void ReadPrompts(IReadOnlyList<ReadOnlyMemory<int>> prompts)
    {
        StepArguments.CheckPrompts(prompts, Rows, Symbols);
        // Longest first, so that the rows that are not at their end are always the first ones.
        int[] order = [.. Enumerable.Range(0, Rows).OrderByDescending(row => prompts[row].Length)], places = new int[Rows];
        for (int place = 0; place < Rows; place++) places[order[place]] = place;
        Select(order);
        int active = Rows;
        for (int step = 0; ; step++)
        {
            while (active > 0 && prompts[order[active - 1]].Length <= step) active--;
            if (active == 0) break;
            for (int place = 0; place < active; place++) _symbols[place] = prompts[order[place]].Span[step];
            Step(active, isWanted: false);
        }
        Select(places);
    }

    public void Select(ReadOnlySpan<int> rows)
    {
        StepArguments.CheckSelection(rows, Rows);
        foreach (LayerState state in _states) state.Select(rows);
        MakeRoom(rows.Length);
    }

    public byte[] Save(int row)
    {
        StepArguments.CheckRow(row, Rows);
        var numbers = new float[_format.Numbers];
        Span<float> rest = numbers;
        foreach (LayerState state in _states) state.Save(row, ref rest);
        return _format.ToBytes(numbers);
    }

    public void Restore(int row, ReadOnlySpan<byte> state)
    {
        StepArguments.CheckRow(row, Rows);
        ReadOnlySpan<float> rest = _format.ToNumbers(state);
        foreach (LayerState layer in _states) layer.Restore(row, ref rest);
    }

    public void Dispose()
    {
        // All memory is managed.
    }

    private void MakeRoom(int rows)
    {
        Rows = rows;
        if (rows <= _symbols.Length) return;
        _symbols = new int[rows];
        (_gates, _scratch) = (new float[rows * _gateStride], new float[rows * _scratchStride]);
        (_projected, _logits) = (new float[rows * (_weights.Projection?.Stride ?? 0)], new float[rows * _weights.Output.Stride]);
    }

    /// <summary>Advances the first rows.</summary>
    private void Step(int rows, bool isWanted)
    {
        long products = rows * _weights.BytesPerStep / sizeof(float);
        int groups = (int)Math.Clamp(Math.Min(rows / RowsPerThread, products / ProductsPerThread), 1, _threads);
        if (groups == 1) Step(0, rows, isWanted);
        else StepInParallel(rows, groups, isWanted);
    }

    private void StepInParallel(int rows, int groups, bool isWanted) =>
        InParallel.For(groups, group => Step(rows * group / groups, rows * (group + 1) / groups, isWanted));

    /// <summary>Advances the rows from <paramref name="first"/> to before <paramref name="end"/>, and computes their log-probabilities in place.</summary>
    private void Step(int first, int end, bool isWanted)
    {
        int count = end - first;
        ReadOnlySpan<float> x = default;
        int xStride = 0;
        for (int i = 0; i < _states.Length; i++)
        {
            StepLayer layer = _weights.Layers[i];
            int stride = i == 0 ? _weights.Inputs.Stride : _weights.LaterInputs[i - 1].Stride;
            Span<float> gates = _gates.AsSpan(first * _gateStride, count * stride), scratch = _scratch.AsSpan(first * _scratchStride, count * _scratchStride);
            if (i == 0) _weights.Inputs.Compute(_symbols.AsSpan(first, count), gates, scratch);
            else _weights.LaterInputs[i - 1].Compute(x, xStride, gates, count);
            Span<float> hidden = _states[i].Hidden.AsSpan(first * layer.Width, count * layer.Width);
            layer.Advance(new StepRows
            {
                Count = count,
                Gates = gates,
                GateStride = stride,
                Hidden = hidden,
                Memory = _states[i].Memory.AsSpan(first * layer.MemoryWidth, count * layer.MemoryWidth),
                Scratch = scratch,
            });
            x = hidden;
            xStride = layer.Width;
        }
        if (isWanted) Predict(x, xStride, first, count);
    }

    private void Predict(ReadOnlySpan<float> x, int xStride, int first, int count)
    {
        if (_weights.Projection is { } projection)
        {
            Span<float> projected = _projected.AsSpan(first * projection.Stride, count * projection.Stride);
            projection.Compute(x, xStride, projected, count);
            x = projected;
            xStride = projection.Stride;
        }
        int stride = _weights.Output.Stride;
        Span<float> logits = _logits.AsSpan(first * stride, count * stride);
        _weights.Output.Compute(x, xStride, logits, count);
        for (int b = 0; b < count; b++) LogSoftmax.Compute(logits.Slice(b * stride, stride), logits.Slice(b * stride, stride));
    }
}
