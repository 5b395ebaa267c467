using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;


namespace MlNetRnn.Quantization;

/// <summary>How an operator computes with weights of 8 bits.</summary>
internal abstract class QuantizedOperator
{
    /// <summary>Operators of ONNX Runtime that ONNX itself lacks.</summary>
    public const string Domain = "com.microsoft";

    /// <param name="node">The operator with weights of 32 bits.</param>
    /// <param name="weights">The weights of the graph.</param>
    /// <returns>What stands in its place, with the same outputs; null where its weights stay as they are.</returns>
    public abstract IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights);

    protected static NodeProto Node(string operation, string domain, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<AttributeProto>? attributes = null)
    {
        var node = new NodeProto { Name = $"{operation}_{outputs.First()}", OpType = operation, Domain = domain };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes ?? []);
        return node;
    }
}

/// <summary>The one door to operators with weights of 8 bits: an additional one is a file and a line.</summary>
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
    public static IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights) => ByOperation.GetValueOrDefault(node.OpType)?.Replace(node, weights);
}
