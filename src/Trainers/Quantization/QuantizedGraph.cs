using Google.Protobuf;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>A graph with 8-bit weights for those operators that ONNX Runtime can compute with them.</summary>
/// <param name="Model">The graph as a serialized ONNX model.</param>
/// <param name="Quantized">Names of the weights that now have 8 bits.</param>
/// <param name="Kept">Larger weights that still have 32 bits, with the reason.</param>
internal sealed record QuantizedGraph(byte[] Model, IReadOnlyList<string> Quantized, IReadOnlyList<string> Kept)
{
    /// <summary>Weights with fewer numbers are not reported as kept.</summary>
    private const int MinimumReported = 1 << 14;

    /// <summary>Quantizes a graph.</summary>
    /// <param name="model">The graph as a serialized ONNX model.</param>
    /// <exception cref="InvalidOperationException">The graph has no weights that can be quantized.</exception>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static QuantizedGraph Of(byte[] model)
    {
        ModelProto proto = OnnxWeights.Parse(model);
        GraphProto graph = proto.Graph;
        JoinedWeights.Fold(graph);
        TakenWeights.Fold(graph);
        string[] before = [.. graph.Initializer.Select(tensor => tensor.Name)];
        var weights = new GraphWeights(graph);
        NodeProto[] nodes = [.. graph.Node.SelectMany(node => QuantizedOperators.Replace(node, weights) ?? [node])];
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        RemoveUnused(graph);
        HashSet<string> after = [.. graph.Initializer.Select(tensor => tensor.Name)];
        string[] kept = [.. graph.Node.SelectMany(node => Read(node).Select(weights.Find).OfType<TensorProto>()
            .Where(tensor => tensor.RawData.Length >= MinimumReported * sizeof(float))
            .Select(tensor => $"{tensor.Name} [{string.Join(',', tensor.Dims)}]: {node.OpType} supports only 32-bit weights")).Distinct()];
        string[] quantized = [.. before.Where(name => after.Contains(name + GraphWeights.Int8Suffix))];
        if (quantized.Length == 0)
        {
            throw new InvalidOperationException(
                "Quantize: expected a network with an LSTM, a table of word vectors or a large matrix outside of a loop, "
                + "which ONNX Runtime can compute with 8-bit weights; got none. "
                + (kept.Length > 0 ? string.Join("; ", kept) : "All weights of the network are small")
                + ". Train with the cell Lstm, or use the model as it is.");
        }
        if (proto.OpsetImport.All(opset => opset.Domain != QuantizedOperator.Domain))
            proto.OpsetImport.Add(new OperatorSetIdProto { Domain = QuantizedOperator.Domain, Version = 1 });
        return new QuantizedGraph(proto.ToByteArray(), quantized, kept);
    }

    /// <summary>Removes weights that are no longer used, and the nodes that transposed them.</summary>
    private static void RemoveUnused(GraphProto graph)
    {
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        HashSet<string> read = [.. graph.Node.SelectMany(Read), .. outputs];
        NodeProto[] used = [.. graph.Node.Where(node => node.Output.Any(read.Contains))];
        graph.Node.Clear();
        graph.Node.AddRange(used);
        read = [.. graph.Node.SelectMany(Read), .. outputs];
        TensorProto[] weights = [.. graph.Initializer.Where(tensor => read.Contains(tensor.Name))];
        graph.Initializer.Clear();
        graph.Initializer.AddRange(weights);
    }

    /// <summary>Returns the values that a node reads, those that the body of a loop takes from the graph around it included.</summary>
    private static IEnumerable<string> Read(NodeProto node) =>
        node.Input.Concat(node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => attribute.G.Node.SelectMany(Read)));
}
