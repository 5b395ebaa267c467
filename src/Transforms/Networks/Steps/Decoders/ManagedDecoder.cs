using System.Buffers;
using System.Numerics.Tensors;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// A decoder that predicts the next target symbol, without native code. Each row reads a source. A step reads each weight once for all rows. The results of a
/// row do not depend on the other rows, to the last bit. Not thread-safe; the weights are shared.
/// </summary>
internal sealed class ManagedDecoder : ISourceDecoder
{
    private readonly DecoderWeights _weights;
    private readonly DecoderAttention? _attention;
    private readonly PreparedSource[] _prepared;
    private readonly LayerState[] _states;
    private readonly StepStateFormat _format;
    private readonly int _gateStride, _scratchStride;
    private int[] _sourceOf, _symbols = [];
    private float[] _gates = [], _scratch = [], _projected = [], _logits = [], _queries = [], _readouts = [], _feed = [];

    /// <param name="weights">The weights.</param>
    /// <param name="sources">The source of each row.</param>
    /// <param name="fingerprint">A number that differs between models, for saved states.</param>
    public ManagedDecoder(DecoderWeights weights, IReadOnlyList<EncodedSource> sources, ulong fingerprint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sources.Count, 1);
        (_weights, _attention, _sourceOf) = (weights, weights.Attention, [.. Enumerable.Range(0, sources.Count)]);
        _prepared = _attention is { } attention ? [.. sources.Select(source => new PreparedSource(source, attention))] : [];
        _states = [.. weights.Layers.Select(layer => new LayerState(layer, sources.Count))];
        _format = StepStateFormat.Of(weights.Layers, fingerprint);
        _gateStride = weights.LaterInputs.Select(input => input.Stride).Append(weights.Inputs.Stride).Max();
        _scratchStride = weights.Layers.Select(layer => layer.Scratch)
            .Append(weights.Inputs.Scratch).Append(_attention?.ReadoutSymbol is { } symbol ? symbol.Scratch : 0).Max();
        MakeRoom(sources.Count);
        for (int row = 0; row < sources.Count; row++) Restore(row, [.. sources[row].Initial.SelectMany(state => state)]);
    }

    public int Symbols => _weights.Symbols;

    public int Rows => _sourceOf.Length;

    public IReadOnlyList<float[]> Attention { get; private set; } = [];

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        StepArguments.CheckSymbols(symbols, Rows, Symbols);
        StepArguments.CheckResult(logProbabilities, Rows, Symbols);
        symbols.CopyTo(_symbols);
        (ReadOnlyMemory<float> x, int stride) = Advance();
        Predict(x.Span, stride, logProbabilities);
    }

    public void Select(ReadOnlySpan<int> rows)
    {
        StepArguments.CheckSelection(rows, Rows);
        var sourceOf = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++) sourceOf[i] = _sourceOf[rows[i]];
        float[] feed = _feed;
        _sourceOf = sourceOf;
        foreach (LayerState state in _states) state.Select(rows);
        MakeRoom(rows.Length);
        if (_attention?.Feed is null) return;
        int stride = _attention.Readout.Stride;
        _feed = new float[rows.Length * stride];
        for (int i = 0; i < rows.Length; i++) feed.AsSpan(rows[i] * stride, stride).CopyTo(_feed.AsSpan(i * stride));
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
        Restore(row, _format.ToNumbers(state));
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_logits);
        _logits = [];
    }

    private void Restore(int row, float[] numbers)
    {
        ReadOnlySpan<float> rest = numbers;
        foreach (LayerState layer in _states) layer.Restore(row, ref rest);
        if (_attention?.Feed is null) return;
        // The readout that is fed to the next step depends on the state alone.
        int stride = _attention.Readout.Stride;
        ReadOut(row, 1, _feed.AsSpan(row * stride, stride), []);
    }

    private void MakeRoom(int rows)
    {
        if (rows <= _symbols.Length) return;
        _symbols = new int[rows];
        (_gates, _scratch) = (new float[rows * _gateStride], new float[rows * _scratchStride]);
        _projected = new float[rows * (_weights.Projection?.Stride ?? 0)];
        ArrayPool<float>.Shared.Return(_logits);
        _logits = ArrayPool<float>.Shared.Rent(rows * _weights.Output.Stride);
        if (_attention is null) return;
        _queries = new float[rows * (_attention.Query?.Stride ?? 0)];
        _readouts = new float[rows * _attention.Readout.Stride];
        if (_attention.Feed is not null && _feed.Length < _readouts.Length) Array.Resize(ref _feed, _readouts.Length);
    }

    /// <summary>Advances all layers, and returns the output of the last one.</summary>
    private (ReadOnlyMemory<float> Output, int Stride) Advance()
    {
        Span<float> gates = _gates.AsSpan(0, Rows * _weights.Inputs.Stride);
        _weights.Inputs.Compute(_symbols.AsSpan(0, Rows), gates, _scratch);
        float[][] attention = _attention is null ? [] : [.. _sourceOf.Select(source => new float[_prepared[source].Length])];
        if (_attention?.Context is not null) AddContext(gates, attention);
        if (_attention?.Feed is { } feed) AddFeed(feed, gates);
        Advance(0, gates, _weights.Inputs.Stride);
        (ReadOnlyMemory<float> x, int stride) = (_states[0].Hidden, _weights.Layers[0].Width);
        if (_attention is not null)
        {
            (x, stride) = (_readouts, _attention.Readout.Stride);
            ReadOut(0, Rows, _readouts, attention);
            if (_attention.Feed is not null) _readouts.AsSpan(0, Rows * stride).CopyTo(_feed);
        }
        Attention = attention;
        for (int i = 1; i < _states.Length; i++)
        {
            AffineMap input = _weights.LaterInputs[i - 1];
            Span<float> own = _gates.AsSpan(0, Rows * input.Stride);
            input.Compute(x.Span, stride, own, Rows);
            Advance(i, own, input.Stride);
            (x, stride) = (_states[i].Hidden, _weights.Layers[i].Width);
        }
        return (x, stride);
    }

    private void Advance(int layer, Span<float> gates, int stride)
    {
        StepLayer own = _weights.Layers[layer];
        own.Advance(new StepRows
        {
            Count = Rows,
            Gates = gates,
            GateStride = stride,
            Hidden = _states[layer].Hidden.AsSpan(0, Rows * own.Width),
            Memory = _states[layer].Memory.AsSpan(0, Rows * own.MemoryWidth),
            Scratch = _scratch,
        });
    }

    /// <summary>Attention inside the state update: adds the contexts of the states before the step to the gates.</summary>
    private void AddContext(Span<float> gates, float[][] attention)
    {
        int width = _weights.Layers[0].Width, query = _attention!.Query!.Stride, stride = _weights.Inputs.Stride;
        _attention.Query.Compute(_states[0].Hidden, width, _queries, Rows);
        for (int b = 0; b < Rows; b++)
        {
            PreparedSource source = _prepared[_sourceOf[b]];
            source.Attend(_queries.AsSpan(b * query, query), _attention.Energy, attention[b]);
            Mix(source.Gates, stride, attention[b], gates.Slice(b * stride, stride));
        }
    }

    /// <summary>Input feeding: adds the readouts of the step before to the gates.</summary>
    private void AddFeed(AffineMap feed, Span<float> gates)
    {
        var added = new float[Rows * feed.Stride];
        feed.Compute(_feed, _attention!.Readout.Stride, added, Rows);
        TensorPrimitives.Add(gates, added, gates);
    }

    /// <summary>Computes the readouts of rows from their states. Attention after the state update is computed here.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="readouts">Receives [count,R].</param>
    /// <param name="attention">The weights of each row; empty if they are not wanted.</param>
    private void ReadOut(int first, int count, Span<float> readouts, float[][] attention)
    {
        DecoderAttention own = _attention!;
        int width = _weights.Layers[0].Width, stride = own.Readout.Stride;
        own.Readout.Compute(_states[0].Hidden.AsSpan(first * width), width, readouts, count);
        if (own.ReadoutSymbol is { } symbol)
        {
            var ofSymbols = new float[count * symbol.Stride];
            symbol.Compute(_symbols.AsSpan(first, count), ofSymbols, _scratch);
            TensorPrimitives.Add(readouts[..ofSymbols.Length], ofSymbols, readouts);
        }
        for (int i = 0; i < count; i++)
        {
            int row = first + i;
            PreparedSource source = _prepared[_sourceOf[row]];
            float[] weights = attention.Length > 0 ? attention[row] : new float[source.Length];
            Span<float> readout = readouts.Slice(i * stride, stride);
            if (own.Context is null) source.Attend(_states[0].Hidden.AsSpan(row * width, width), own.Energy, weights);
            Mix(source.Readouts, stride, weights, readout);
            TensorPrimitives.Tanh(readout, readout);
        }
    }

    private static void Mix(float[] values, int stride, float[] weights, Span<float> sum)
    {
        for (int s = 0; s < weights.Length; s++) TensorPrimitives.MultiplyAdd(values.AsSpan(s * stride, stride), weights[s], sum, sum);
    }

    private void Predict(ReadOnlySpan<float> x, int xStride, Span<float> logProbabilities)
    {
        if (_weights.Projection is { } projection)
        {
            projection.Compute(x, xStride, _projected, Rows);
            x = _projected;
            xStride = projection.Stride;
        }
        int stride = _weights.Output.Stride;
        _weights.Output.Compute(x, xStride, _logits, Rows);
        for (int b = 0; b < Rows; b++) LogSoftmax.Compute(_logits.AsSpan(b * stride, stride), logProbabilities.Slice(b * Symbols, Symbols));
    }
}
