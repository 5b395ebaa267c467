using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A weighted mean of the states that learns which tokens matter (Yang et al., 2016, section 2.2): u_t = tanh(W h_t + b),
/// a = softmax over the row's own tokens of u_t·v, result Σ a_t h_t.
/// </summary>
internal sealed class AttentionPooling(ParameterSet parameters, int size) : Pooling
{
    private const float BelowEveryScore = -1e30f;

    private readonly Parameter _weight = parameters.Uniform("attention.weight", 1 / MathF.Sqrt(size), size, size);
    private readonly Parameter _bias = parameters.Constant("attention.bias", 0, size);
    private readonly Parameter _query = parameters.Uniform("attention.query", 1 / MathF.Sqrt(size), size, 1);

    public override Tensor Forward(Tensor states, PackedBatch batch, int directions)
    {
        Tensor scores = nn.functional.linear(states, _weight.Value, _bias.Value).tanh().matmul(_query.Value).squeeze(1);   // [N]
        Tensor extended = cat([scores, full([1], BelowEveryScore, ScalarType.Float32)]);                                   // [N+1]
        Tensor rectangle = extended.index_select(0, tensor(PackedLayout.Tokens(batch))).view(batch.Steps, batch.Rows.Length);
        Tensor weights = rectangle.softmax(0).reshape(-1).index_select(0, tensor(PackedLayout.Places(batch)));             // [T,B] → [N]
        Tensor sums = zeros([batch.Rows.Length, size], ScalarType.Float32);
        return sums.index_add(0, tensor(PackedLayout.Rows(batch)), states * weights.unsqueeze(1), 1);         // [B,D·H]
    }

    public override string Export(OnnxGraph graph, ExportedSequence encoded)
    {
        // Gemm is for matrices; MatMul takes [T,B,D·H] and wants the weight transposed.
        using Tensor transposed = _weight.Value.detach().t().contiguous();
        string weight = graph.Constant(_weight.Name, transposed.Span(), size, size), bias = graph.Constant(_bias.Name, _bias.Value.Span(), size);
        string u = graph.Node("Tanh", [graph.Node("Add", [graph.Node("MatMul", [encoded.States, weight]), bias])]);        // [T,B,D·H]
        string scores = graph.Node("MatMul", [u, graph.Constant(_query.Name, _query.Value.Span(), size, 1)]);              // [T,B,1]
        string masked = graph.Node("Where", [encoded.Mask, scores, graph.Scalar(BelowEveryScore)]);
        string weights = graph.Node("Softmax", [masked], ("axis", 0L));                                                    // [T,B,1]
        return graph.Node("ReduceSum", [graph.Node("Mul", [weights, encoded.States]), graph.Constant([0], 1)], ("keepdims", 0L));
    }
}
