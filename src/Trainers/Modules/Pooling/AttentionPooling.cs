using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Attention pooling: a weighted mean of the states with learned weights (Yang et al., 2016, section 2.2). u_t = tanh(W h_t + b), a = softmax of u_t·v over the
/// tokens of the row, result Σ a_t h_t.
/// </summary>
internal sealed class AttentionPooling : Pooling
{
    private const float BelowEveryScore = -1e30f;

    private readonly int _size;
    private readonly Parameter _weight, _bias, _query;

    public AttentionPooling(ParameterSet parameters, int size)
    {
        float bound = 1 / MathF.Sqrt(size);
        _size = size;
        _weight = parameters.Uniform("attention.weight", bound, size, size);
        // Gemm accepts only matrices; MatMul accepts [T,B,D·H] but requires the transposed weight.
        _weight.Form = new GraphForm([size, size], Transposed, Transposed);
        _bias = parameters.Bias("attention.bias", 0, size);
        _query = parameters.Uniform("attention.query", bound, size, 1);
    }

    public override Tensor Forward(Tensor states, PackedBatch batch, int directions)
    {
        Device device = states.device;
        Tensor scores = nn.functional.linear(states, _weight.On(device), _bias.On(device)).tanh().matmul(_query.On(device)).squeeze(1);     // [N]
        Tensor extended = cat([scores, Scalars.Filled([1], BelowEveryScore, device)]);                                            // [N+1]
        Tensor rectangle = extended.index_select(0, tensor(PackedLayout.Tokens(batch), device: device)).view(batch.Steps, batch.Rows.Length);
        Tensor weights = rectangle.softmax(0).reshape(-1).index_select(0, tensor(PackedLayout.Places(batch), device: device));    // [T,B] → [N]
        Tensor sums = zeros([batch.Rows.Length, _size], ScalarType.Float32, device);
        return sums.index_add(0, tensor(PackedLayout.Rows(batch), device: device), states * weights.unsqueeze(1), Scalars.One);      // [B,D·H]
    }

    public override ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded)
    {
        string projected = graph.Node("MatMul", [encoded.States, _weight.Export(graph)]);
        string u = graph.Node("Tanh", [graph.Node("Add", [projected, _bias.Export(graph)])]);                              // [T,B,D·H]
        string scores = graph.Node("MatMul", [u, _query.Export(graph)]);                                                   // [T,B,1]
        string masked = graph.Node("Where", [encoded.Mask, scores, graph.Scalar(BelowEveryScore)]);
        string weights = graph.Node("Softmax", [masked], ("axis", 0L));                                                    // [T,B,1]
        string sums = graph.Node("ReduceSum", [graph.Node("Mul", [weights, encoded.States]), graph.Constant([0], 1)], ("keepdims", 0L));
        return new ExportedPooling(sums, weights);
    }

    private float[] Transposed(float[] numbers)
    {
        var result = new float[numbers.Length];
        for (int i = 0; i < _size; i++)
            for (int j = 0; j < _size; j++) result[j * _size + i] = numbers[i * _size + j];
        return result;
    }
}
