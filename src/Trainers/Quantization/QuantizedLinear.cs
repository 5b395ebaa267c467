using MlNetRnn.MLNetBridge;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;


namespace MlNetRnn.Quantization;

/// <summary>ONNX Runtime's DynamicQuantizeMatMul for x Wᵀ, with a bias or without: the inputs become 8-bit integers with the scale of their batch.</summary>
internal sealed class QuantizedLinear : QuantizedOperator
{
    /// <summary>A smaller layer takes microseconds and a few kilobytes; but what it says is what the user sees.</summary>
    private const int LeastWeights = 1 << 14;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        bool isGemm = node.OpType == "Gemm";
        // [O,I]: Gemm turns it over by itself (transB), MatMul is given the result of a Transpose; or [I,O], as MatMul takes it.
        TensorProto? byOutput = isGemm ? weights.Find(node.Input[1]) : weights.FindTurnedOver(node.Input[1]), byInput = isGemm ? null : weights.Find(node.Input[1]);
        if ((byOutput ?? byInput) is not { Dims.Count: 2 } tensor || tensor.Dims[0] * tensor.Dims[1] < LeastWeights || isGemm && !IsPlain(node)) return null;
        Int8Weights int8 = byOutput is not null ? GraphWeights.RowsToInt8(tensor) : GraphWeights.ColumnsToInt8(tensor);
        int outputs = int8.Scales.Length;
        string numbers = weights.AddInt8(tensor.Name + GraphWeights.Int8Suffix, int8.Transposed(outputs), tensor.Dims[0] * tensor.Dims[1] / outputs, outputs);
        string scales = weights.AddFloat(tensor.Name + ".scale", int8.Scales, outputs);
        // The empty name is the zero point, 0.
        string[] bias = isGemm && node.Input.Count > 2 ? ["", node.Input[2]] : [];
        return [Node("DynamicQuantizeMatMul", Domain, [node.Input[0], numbers, scales, .. bias], node.Output)];
    }

    private static bool IsPlain(NodeProto gemm) => gemm.Attribute is [{ Name: "transB", I: 1 }];
}
