using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Onnx;

/// <summary>ONNX Runtime's DynamicQuantizeMatMul for x Wᵀ and x Wᵀ + b: the inputs become 8-bit integers with the scale of their batch.</summary>
internal sealed class QuantizedLinear : QuantizedOperator
{
    /// <summary>A smaller layer takes microseconds and a few kilobytes; but what it says is what the user sees.</summary>
    private const int LeastWeights = 1 << 14;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        bool isGemm = node.OpType == "Gemm";
        // Gemm turns W over by itself (transB); MatMul is given the result of a Transpose.
        TensorProto? tensor = isGemm ? weights.Find(node.Input[1]) : weights.FindTurnedOver(node.Input[1]);
        if (tensor is not { Dims.Count: 2 } || tensor.Dims[0] * tensor.Dims[1] < LeastWeights || isGemm && !IsPlain(node)) return null;
        (long outputs, long inputs) = (tensor.Dims[0], tensor.Dims[1]);
        Int8Weights int8 = GraphWeights.ToInt8(tensor);
        string numbers = weights.AddInt8(tensor.Name + ".int8", int8.Transposed((int)outputs), inputs, outputs), scales = weights.AddFloat(tensor.Name + ".scale", int8.Scales, outputs);
        // The empty name is the zero point, 0.
        string[] bias = isGemm && node.Input.Count > 2 ? ["", node.Input[2]] : [];
        return [Node("DynamicQuantizeMatMul", Domain, [node.Input[0], numbers, scales, .. bias], node.Output)];
    }

    private static bool IsPlain(NodeProto gemm) => gemm.Attribute is [{ Name: "transB", I: 1 }];
}
