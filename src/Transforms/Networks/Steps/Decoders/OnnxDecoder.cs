using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// A decoder that predicts the next target symbol with ONNX Runtime, for graphs that <see cref="DecoderWeights.Find"/> does not support, such as those with
/// 8-bit weights. Not thread-safe; instances share the session.
/// </summary>
internal sealed class OnnxDecoder : ISourceDecoder
{
    private readonly OnnxSession _session;
    private readonly RunOptions _options = new();
    private readonly IReadOnlyList<EncodedSource> _sources;
    private readonly string[] _states;
    private readonly int[] _sizes;
    private readonly bool _attends;
    private readonly StepStateFormat _format;
    private readonly float[] _padded;
    private int[] _sourceOf;
    private float[][] _numbers;                                     // of each state [B,H]

    /// <param name="session">The graph of a step.</param>
    /// <param name="symbols">V.</param>
    /// <param name="sources">The source of each row.</param>
    /// <param name="fingerprint">A number that differs between models, for saved states.</param>
    /// <exception cref="FormatException">The graph is not that of a decoder.</exception>
    public OnnxDecoder(OnnxSession session, int symbols, IReadOnlyList<EncodedSource> sources, ulong fingerprint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sources.Count, 1);
        (_session, Symbols, _sources, _sourceOf) = (session, symbols, sources, [.. Enumerable.Range(0, sources.Count)]);
        Dictionary<string, int[]> inputs = [];
        session.Use(opened => inputs = opened.InputMetadata.ToDictionary(input => input.Key, input => input.Value.Dimensions));
        _attends = inputs.ContainsKey(NetworkSignature.SourceStates);
        _states = [.. inputs.Keys.Where(NetworkSignature.IsState).OrderBy(Number).ThenBy(name => name, StringComparer.Ordinal)];
        _sizes = [.. _states.Select(name => inputs[name][^1])];
        int[] expected = [.. sources[0].Initial.Select(state => state.Length)];
        if (!inputs.ContainsKey(NetworkSignature.Tokens) || !expected.SequenceEqual(_sizes))
            throw new FormatException(
                $"Decoder graph: expected states of the sizes {string.Join(", ", expected)}, got {string.Join(", ", _sizes)}. The model file is damaged.");
        _format = new StepStateFormat(_sizes, fingerprint);
        _numbers = [.. _states.Select((_, i) => sources.SelectMany(source => source.Initial[i]).ToArray())];
        _padded = new float[(symbols + Simd.Width - 1) / Simd.Width * Simd.Width];
        Array.Fill(_padded, float.NegativeInfinity);

        static int Number(string name) => int.Parse(name[(name.IndexOf('_') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public int Symbols { get; }

    public int Rows => _sourceOf.Length;

    public IReadOnlyList<float[]> Attention { get; private set; } = [];

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        StepArguments.CheckSymbols(symbols, Rows, Symbols);
        StepArguments.CheckResult(logProbabilities, Rows, Symbols);
        long[] tokens = Array.ConvertAll(symbols.ToArray(), symbol => (long)symbol);
        float[] logits = [];
        _session.Use(opened => logits = Run(opened, tokens));
        for (int b = 0; b < Rows; b++)
        {
            logits.AsSpan(b * Symbols, Symbols).CopyTo(_padded);
            LogSoftmax.Compute(_padded, logProbabilities.Slice(b * Symbols, Symbols));
        }
    }

    public void Select(ReadOnlySpan<int> rows)
    {
        StepArguments.CheckSelection(rows, Rows);
        int[] selected = rows.ToArray();
        _sourceOf = Array.ConvertAll(selected, row => _sourceOf[row]);
        _numbers = [.. _numbers.Select((numbers, i) => selected.SelectMany(row => new ArraySegment<float>(numbers, row * _sizes[i], _sizes[i])).ToArray())];
    }

    public byte[] Save(int row)
    {
        StepArguments.CheckRow(row, Rows);
        return _format.ToBytes([.. _numbers.SelectMany((numbers, i) => new ArraySegment<float>(numbers, row * _sizes[i], _sizes[i]))]);
    }

    public void Restore(int row, ReadOnlySpan<byte> state)
    {
        StepArguments.CheckRow(row, Rows);
        ReadOnlySpan<float> rest = _format.ToNumbers(state);
        for (int i = 0; i < _sizes.Length; i++)
        {
            rest[.._sizes[i]].CopyTo(_numbers[i].AsSpan(row * _sizes[i]));
            rest = rest[_sizes[i]..];
        }
    }

    public void Dispose() => _options.Dispose();

    private float[] Run(InferenceSession session, long[] tokens)
    {
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            inputs[NetworkSignature.Tokens] = OrtValue.CreateTensorValueFromMemory(tokens, [Rows, 1]);
            for (int i = 0; i < _states.Length; i++) inputs[_states[i]] = OrtValue.CreateTensorValueFromMemory(_numbers[i], [1, Rows, _sizes[i]]);
            if (_attends) AddSources(inputs);
            string[] outputs =
            [
                NetworkSignature.Logits, .. _states.Select(NetworkSignature.Next), .. _attends ? new[] { NetworkSignature.Attention } : [],
            ];
            using IDisposableReadOnlyCollection<OrtValue> values = session.Run(_options, inputs, outputs);
            for (int i = 0; i < _states.Length; i++) _numbers[i] = values[i + 1].GetTensorDataAsSpan<float>().ToArray();      // [1,B,H]
            if (_attends) ReadAttention(values[^1].GetTensorDataAsSpan<float>());                                            // [B,S]
            return values[0].GetTensorDataAsSpan<float>().ToArray();                                                         // [B,V]
        }
        finally
        {
            foreach (OrtValue value in inputs.Values) value.Dispose();
        }
    }

    private void AddSources(Dictionary<string, OrtValue> inputs)
    {
        int longest = _sourceOf.Max(source => _sources[source].Length);
        inputs[NetworkSignature.SourceStates] = Padded(source => source.States);
        inputs[NetworkSignature.SourceKeys] = Padded(source => source.Keys);
        inputs[NetworkSignature.SourceLengths] = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(_sourceOf, i => _sources[i].Length), [Rows]);

        OrtValue Padded(Func<EncodedSource, float[]> part)
        {
            int size = part(_sources[0]).Length / _sources[0].Length;
            var numbers = new float[Rows * longest * size];
            for (int b = 0; b < Rows; b++) part(_sources[_sourceOf[b]]).CopyTo(numbers, b * longest * size);
            return OrtValue.CreateTensorValueFromMemory(numbers, [Rows, longest, size]);                                     // [B,S,·]
        }
    }

    private void ReadAttention(ReadOnlySpan<float> weights)
    {
        int longest = weights.Length / Rows;
        var result = new float[Rows][];
        for (int b = 0; b < Rows; b++) result[b] = weights.Slice(b * longest, _sources[_sourceOf[b]].Length).ToArray();
        Attention = result;
    }
}
