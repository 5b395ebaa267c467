using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The additive score, vᵀ tanh(W z + U h + b) (Bahdanau et al., 2015).</summary>
internal sealed unsafe class AdditiveScore : AttentionScore
{
    private readonly Linear _key;

    /// <param name="parameters">Receives W, U, b and v.</param>
    /// <param name="state">H, the size of a state of the decoder.</param>
    /// <param name="source">C, the size of a source state.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public AdditiveScore(ParameterSet parameters, int state, int source, int threads)
    {
        Size = state;
        _key = new Linear(parameters, "key", source, Size, threads);
        Query = parameters.Uniform("query", 1 / MathF.Sqrt(state), Size, state);
        Energy = parameters.Uniform("energy", 1 / MathF.Sqrt(Size), 1, Size);
    }

    public override int Size { get; }

    public override Parameter Query { get; }

    public override Parameter Energy { get; }

    public override Tensor Keys(Tensor states) => _key.Forward(states);

    public override void Compute(float* query, Matrix keys, float* energy, Span<float> scores)
    {
        for (int s = 0; s < scores.Length; s++)
        {
            float* key = keys.Row(s);
            Vector512<float> sum = Vector512<float>.Zero;
            for (int j = 0; j < Size; j += Simd.Width)
            {
                int n = Size - j;
                sum += Simd.Load(energy + j, n) * Simd.Tanh(Simd.Load(query + j, n) + Simd.Load(key + j, n));
            }
            scores[s] = Vector512.Sum(sum);
        }
    }

    // tanh is computed again: kept for all pairs of steps, [T,S,A], it would need more memory than everything else together.
    public override void Backward(float* query, Matrix keys, float* energy, ReadOnlySpan<float> gradient, ScoreGradients sums)
    {
        Vector512<float> one = Vector512<float>.One;
        for (int s = 0; s < gradient.Length; s++)
        {
            float* key = keys.Row(s), toKey = sums.Keys.Row(s);
            Vector512<float> above = Vector512.Create(gradient[s]);
            for (int j = 0; j < Size; j += Simd.Width)
            {
                int n = Size - j;
                Vector512<float> t = Simd.Tanh(Simd.Load(query + j, n) + Simd.Load(key + j, n));
                Vector512<float> d = above * Simd.Load(energy + j, n) * (one - t * t);
                Simd.Store(Simd.Load(sums.Energy + j, n) + above * t, sums.Energy + j, n);
                Simd.Store(Simd.Load(sums.Query + j, n) + d, sums.Query + j, n);
                Simd.Store(Simd.Load(toKey + j, n) + d, toKey + j, n);
            }
        }
    }

    public override Tensor Operators(Tensor query, Tensor keys) =>
        query.unsqueeze(1).Plus(keys).tanh().matmul(Energy.On(keys.device).t()).squeeze(2);                              // [B,S,A] → [B,S]

    public override string ExportKeys(OnnxGraph graph, string states) => _key.ExportSteps(graph, states);

    public override string Export(OnnxGraph graph, string query, string keys)
    {
        string sum = graph.Node("Add", [graph.Node("Unsqueeze", [query, graph.Constant([1], 1)]), keys]);             // [B,S,A]
        string column = graph.Node("Transpose", [Energy.Export(graph)], ("perm", new long[] { 1, 0 }));               // [A,1]
        return graph.Node("Squeeze", [graph.Node("MatMul", [graph.Node("Tanh", [sum]), column]), graph.Constant([2], 1)]);
    }
}
