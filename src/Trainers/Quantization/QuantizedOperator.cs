using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>An operator of ONNX that ONNX Runtime can compute with 8-bit weights.</summary>
internal abstract class QuantizedOperator
{
    /// <summary>Domain of the operators that ONNX Runtime adds to those of ONNX.</summary>
    public const string Domain = "com.microsoft";

    /// <summary>Suffix of the name of 8-bit weights, and of the name of their scales.</summary>
    protected const string Int8 = GraphWeights.Int8Suffix, Scale = ".scale";

    /// <summary>Returns the nodes that compute the same with 8-bit weights.</summary>
    /// <param name="node">The operator with 32-bit weights.</param>
    /// <param name="weights">The weights of the graph, to which the 8-bit weights are added.</param>
    /// <returns>Nodes with the same outputs as <paramref name="node"/>; null if the weights remain as they are.</returns>
    public abstract IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights);

    protected static NodeProto Node(
        string operation, string domain, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<AttributeProto>? attributes = null)
    {
        var node = new NodeProto { Name = $"{operation}_{outputs.First()}", OpType = operation, Domain = domain };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes ?? []);
        return node;
    }
}
