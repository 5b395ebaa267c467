using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>
/// The operator DynamicQuantizeMatMul of ONNX Runtime for x Wᵀ, with or without a bias. It rounds inputs to 8 bits with the scale of their batch.
/// </summary>
internal sealed class QuantizedLinear : QuantizedOperator
{
    /// <summary>Smaller layers are not quantized: they take microseconds and a few kilobytes, and the output layer determines the scores.</summary>
    private const int MinimumWeights = 1 << 14;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        bool isGemm = node.OpType == "Gemm";
        // W is [O,I] if Gemm transposes it (transB) or if MatMul reads the output of a Transpose; otherwise it is [I,O], as MatMul expects.
        TensorProto? byOutput = isGemm ? weights.Find(node.Input[1]) : weights.FindTransposed(node.Input[1]);
        TensorProto? byInput = isGemm ? null : weights.Find(node.Input[1]);
        if ((byOutput ?? byInput) is not { Dims.Count: 2 } tensor || !IsLarge(tensor) || isGemm && !IsPlain(node)) return null;
        Int8Weights int8 = byOutput is not null ? GraphWeights.RowsToInt8(tensor) : GraphWeights.ColumnsToInt8(tensor);
        int outputs = int8.Scales.Length;
        string numbers = weights.AddInt8(tensor.Name + Int8, int8.Transposed(outputs), tensor.Dims[0] * tensor.Dims[1] / outputs, outputs);
        string scales = weights.AddFloat(tensor.Name + Scale, int8.Scales, outputs);
        // The empty name is the zero point, 0.
        string[] bias = isGemm && node.Input.Count > 2 ? ["", node.Input[2]] : [];
        return [Node("DynamicQuantizeMatMul", Domain, [node.Input[0], numbers, scales, .. bias], node.Output)];
    }

    /// <summary>Returns whether a matrix is large enough to be quantized.</summary>
    public static bool IsLarge(TensorProto matrix) => matrix.Dims[0] * matrix.Dims[1] >= MinimumWeights;

    private static bool IsPlain(NodeProto gemm) => gemm.Attribute is [{ Name: "transB", I: 1 }];
}
