using System.Numerics.Tensors;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MlNetRnn.Modules;

/// <summary>The common part of the scores that are a dot product of query and key (Luong et al., 2015).</summary>
internal abstract unsafe class MultiplicativeScore(int size) : AttentionScore
{
    public override int Size => size;

    public override void Compute(float* query, Matrix keys, float* energy, Span<float> scores)
    {
        var q = new ReadOnlySpan<float>(query, Size);
        for (int s = 0; s < scores.Length; s++) scores[s] = TensorPrimitives.Dot(q, keys.RowSpan(s));
    }

    public override void Backward(float* query, Matrix keys, float* energy, ReadOnlySpan<float> gradient, ScoreGradients sums)
    {
        Span<float> q = new(query, Size), toQuery = new(sums.Query, Size);
        for (int s = 0; s < gradient.Length; s++)
        {
            Span<float> toKey = sums.Keys.RowSpan(s);
            TensorPrimitives.MultiplyAdd(keys.RowSpan(s), gradient[s], toQuery, toQuery);
            TensorPrimitives.MultiplyAdd(q, gradient[s], toKey, toKey);
        }
    }

    public override Tensor Operators(Tensor query, Tensor keys) => keys.matmul(query.unsqueeze(2)).squeeze(2);         // [B,S,A]·[B,A,1] → [B,S]

    public override string Export(OnnxGraph graph, string query, string keys)
    {
        string column = graph.Node("Unsqueeze", [query, graph.Constant([2], 1)]);                                     // [B,A,1]
        return graph.Node("Squeeze", [graph.Node("MatMul", [keys, column]), graph.Constant([2], 1)]);                 // [B,S]
    }
}
