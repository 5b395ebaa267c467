using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Networks;

namespace MlNetRnn.Benchmarks;

/// <summary>Generation with ONNX Runtime alone, as fast as it can be: one thread, all buffers bound once, two sets of states that are swapped.</summary>
internal sealed class BoundLoop : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding[] _bindings = new OrtIoBinding[2];
    private readonly long[] _tokens;
    private readonly float[] _probabilities;
    private int _next;

    public BoundLoop(GenerationNetwork network, int rows)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = Own(new InferenceSession(network.Graph, options));
        Own(_options);
        (_tokens, _probabilities) = (new long[rows], new float[rows * GenerationNetwork.Symbols]);
        OrtValue tokens = Own(OrtValue.CreateTensorValueFromMemory(_tokens, [1, rows]));
        OrtValue probabilities = Own(OrtValue.CreateTensorValueFromMemory(_probabilities, [rows, GenerationNetwork.Symbols]));
        string[] names = [NetworkSignature.Hidden(0), NetworkSignature.Memory(0)];
        OrtValue[][] states = [.. names.Select(_ => new[] { State(), State() })];
        for (int set = 0; set < _bindings.Length; set++)
        {
            OrtIoBinding binding = _bindings[set] = Own(_session.CreateIoBinding());
            binding.BindInput(NetworkSignature.Tokens, tokens);
            binding.BindOutput(GenerationNetwork.Probabilities, probabilities);
            for (int i = 0; i < names.Length; i++)
            {
                binding.BindInput(names[i], states[i][set]);
                binding.BindOutput(NetworkSignature.Next(names[i]), states[i][1 - set]);
            }
        }

        OrtValue State() => Own(OrtValue.CreateTensorValueFromMemory(new float[rows * network.Hidden], [1, rows, network.Hidden]));
    }

    /// <summary>Generates symbols greedily.</summary>
    /// <returns>The number of symbols.</returns>
    public double Run(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            _session.RunWithBinding(_options, _bindings[_next]);
            _next = 1 - _next;
            for (int b = 0; b < _tokens.Length; b++)
                _tokens[b] = TensorPrimitives.IndexOfMax<float>(_probabilities.AsSpan(b * GenerationNetwork.Symbols, GenerationNetwork.Symbols));
        }
        return (double)steps * _tokens.Length;
    }

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--) _owned[i].Dispose();
    }

    private T Own<T>(T resource) where T : IDisposable
    {
        _owned.Add(resource);
        return resource;
    }
}
