using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// A recurrent network that predicts the next symbol with ONNX Runtime, for graphs that <see cref="StepNetworkWeights.Find"/> does not support, such as those
/// with 8-bit weights. Its buffers are bound to the session once. Not thread-safe; instances share the session, which may be closed and opened at any time.
/// </summary>
internal sealed class OnnxStepNetwork : INextSymbols
{
    private readonly OnnxSession _session;
    private readonly Action<InferenceSession> _run;
    private readonly RunOptions _options = new();
    private readonly StepSignature _signature;
    private readonly StepStateFormat _format;
    private readonly float[] _padded;
    private StepBuffers _buffers;

    /// <param name="session">The graph.</param>
    /// <param name="symbols">V.</param>
    /// <param name="rows">B.</param>
    /// <param name="fingerprint">A number that differs between models, for saved states.</param>
    /// <exception cref="FormatException">The graph is not one of a network that runs step by step.</exception>
    public OnnxStepNetwork(OnnxSession session, int symbols, int rows, ulong fingerprint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (_session, Symbols) = (session, symbols);
        StepSignature? signature = null;
        session.Use(opened => signature = StepSignature.Of(opened));
        _signature = signature!;
        _format = new StepStateFormat(_signature.Sizes, fingerprint);
        _buffers = new StepBuffers(_signature, rows, symbols);
        _run = opened => _buffers.Run(opened, _options);
        _padded = new float[(symbols + Simd.Width - 1) / Simd.Width * Simd.Width];
        Array.Fill(_padded, float.NegativeInfinity);
    }

    public int Symbols { get; }

    public int Rows => _buffers.Rows;

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        StepArguments.CheckSymbols(symbols, Rows, Symbols);
        StepArguments.CheckResult(logProbabilities, Rows, Symbols);
        for (int b = 0; b < symbols.Length; b++) _buffers.Tokens[b] = symbols[b];
        _session.Use(_run);
        for (int b = 0; b < symbols.Length; b++)
        {
            _buffers.Logits.AsSpan(b * Symbols, Symbols).CopyTo(_padded);
            LogSoftmax.Compute(_padded, logProbabilities.Slice(b * Symbols, Symbols));
        }
    }

    public void Select(ReadOnlySpan<int> rows)
    {
        StepArguments.CheckSelection(rows, Rows);
        if (rows.Length == Rows)
        {
            _buffers.Gather(_buffers, rows);
            return;
        }
        var selected = new StepBuffers(_signature, rows.Length, Symbols);
        selected.Gather(_buffers, rows);
        _buffers.Dispose();
        _buffers = selected;
    }

    public byte[] Save(int row)
    {
        StepArguments.CheckRow(row, Rows);
        var numbers = new float[_format.Numbers];
        Span<float> rest = numbers;
        for (int i = 0; i < _signature.Sizes.Count; i++)
        {
            _buffers.State(i, row).CopyTo(rest);
            rest = rest[_signature.Sizes[i]..];
        }
        return _format.ToBytes(numbers);
    }

    public void Restore(int row, ReadOnlySpan<byte> state)
    {
        StepArguments.CheckRow(row, Rows);
        ReadOnlySpan<float> rest = _format.ToNumbers(state);
        for (int i = 0; i < _signature.Sizes.Count; i++)
        {
            rest[.._signature.Sizes[i]].CopyTo(_buffers.State(i, row));
            rest = rest[_signature.Sizes[i]..];
        }
    }

    public void Dispose()
    {
        _buffers.Dispose();
        _options.Dispose();
    }
}
