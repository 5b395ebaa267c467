using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>A table of 8-bit vectors with one scale per vector: the graph looks up the integers of a vector and multiplies them by its scale.</summary>
internal sealed class QuantizedTable : QuantizedOperator
{
    private const long FloatType = 1;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        if (weights.Find(node.Input[0]) is not { Dims.Count: 2 } table) return null;
        Int8Weights int8 = GraphWeights.VectorsToInt8(table);
        string numbers = weights.AddInt8(table.Name + Int8, int8.Rows, [.. table.Dims]);
        string scales = weights.AddFloat(table.Name + Scale, int8.Scales, table.Dims[0], 1);
        string output = node.Output[0], taken = output + ".int8", cast = output + ".integers", scale = output + ".scale";
        return
        [
            Node("Gather", "", [numbers, node.Input[1]], [taken], node.Attribute),              // [...,E]
            Node("Cast", "", [taken], [cast], [new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = FloatType }]),
            Node("Gather", "", [scales, node.Input[1]], [scale], node.Attribute),               // [...,1]
            Node("Mul", "", [cast, scale], [output]),                                           // [...,E]
        ];
    }
}
