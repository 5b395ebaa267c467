using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>A table of 8-bit vectors with one scale per vector: the graph looks up the integers of a vector and multiplies them by its scale.</summary>
/// <remarks>A table whose transpose is a factor of a product, as with tied embeddings, shares the integers of the factor, or keeps 32 bits with it.</remarks>
internal sealed class QuantizedTable : QuantizedOperator
{
    private const long FloatType = 1;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        // A single integer and its scale would be larger than the number.
        if (weights.Find(node.Input[0]) is not { Dims: [_, > 1] } table) return null;
        if (weights.IsFactor(table)) return QuantizedLinear.IsLarge(table) ? Tied(node, table, weights) : null;
        Int8Weights int8 = GraphWeights.VectorsToInt8(table);
        string numbers = weights.AddInt8(table.Name + Int8, int8.Rows, [.. table.Dims]);
        string scales = weights.AddFloat(table.Name + Scale, int8.Scales, table.Dims[0], 1);
        string output = node.Output[0], taken = output + ".int8", cast = output + ".integers", scale = output + ".scale";
        return
        [
            Node("Gather", "", [numbers, node.Input[1]], [taken], node.Attribute),              // [...,E]
            Node("Cast", "", [taken], [cast], [Attribute("to", FloatType)]),
            Node("Gather", "", [scales, node.Input[1]], [scale], node.Attribute),               // [...,1]
            Node("Mul", "", [cast, scale], [output]),                                           // [...,E]
        ];
    }

    /// <summary>Looks the vectors up in the weights of the output layer, [E,V], so that the model contains them once.</summary>
    private static IReadOnlyList<NodeProto> Tied(NodeProto node, TensorProto table, GraphWeights weights)
    {
        Int8Weights int8 = GraphWeights.RowsToInt8(table);
        int vectors = int8.Scales.Length;
        string numbers = weights.AddInt8(table.Name + Int8, int8.Transposed(vectors), table.Dims[1], vectors);
        string scales = weights.AddFloat(table.Name + Scale, int8.Scales, vectors);
        string output = node.Output[0], taken = output + ".int8", cast = output + ".integers", scale = output + ".scale", product = output + ".product";
        var order = new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1, 2, 0 } };
        return
        [
            Node("Gather", "", [numbers, node.Input[1]], [taken], [Attribute("axis", 1)]),      // [E,T,B]
            Node("Cast", "", [taken], [cast], [Attribute("to", FloatType)]),
            Node("Gather", "", [scales, node.Input[1]], [scale]),                               // [T,B]
            Node("Mul", "", [cast, scale], [product]),                                          // [E,T,B]
            Node("Transpose", "", [product], [output], [order]),                                // [T,B,E]
        ];
    }

    private static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };
}
