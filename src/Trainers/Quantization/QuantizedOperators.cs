using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>Maps the names of ONNX operators to their quantized operators. An additional operator needs a class and one line here.</summary>
internal static class QuantizedOperators
{
    private static readonly Dictionary<string, QuantizedOperator> ByOperation = new(StringComparer.Ordinal)
    {
        ["LSTM"] = new QuantizedLstm(),
        ["Gather"] = new QuantizedTable(),
        ["Gemm"] = new QuantizedLinear(),
        ["MatMul"] = new QuantizedLinear(),
    };

    /// <inheritdoc cref="QuantizedOperator.Replace"/>
    public static IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights) =>
        ByOperation.GetValueOrDefault(node.OpType)?.Replace(node, weights);
}
