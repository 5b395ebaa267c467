using Google.Protobuf;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>A graph with weights of 8 bits where ONNX Runtime computes with such.</summary>
/// <param name="Model">The graph as a serialised ONNX model.</param>
/// <param name="Quantized">The names of the weights that have 8 bits now.</param>
/// <param name="Kept">Larger weights that do not, and why.</param>
internal sealed record QuantizedGraph(byte[] Model, IReadOnlyList<string> Quantized, IReadOnlyList<string> Kept)
{
    /// <summary>Weights of which nobody asks why they were kept.</summary>
    private const int Small = 1 << 14;

    /// <exception cref="InvalidOperationException">Nothing in the graph can have 8 bits.</exception>
    /// <exception cref="FormatException">The bytes are no ONNX model.</exception>
    public static QuantizedGraph Of(byte[] model)
    {
        ModelProto proto = OnnxWeights.Parse(model);
        GraphProto graph = proto.Graph;
        string[] before = [.. graph.Initializer.Select(tensor => tensor.Name)];
        var weights = new GraphWeights(graph);
        NodeProto[] nodes = [.. graph.Node.SelectMany(node => QuantizedOperators.Replace(node, weights) ?? [node])];
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        RemoveUnused(graph);
        HashSet<string> after = [.. graph.Initializer.Select(tensor => tensor.Name)];
        string[] kept = [.. graph.Node.SelectMany(node => node.Input.Select(weights.Find).OfType<TensorProto>().Where(tensor => tensor.RawData.Length >= Small * sizeof(float))
            .Select(tensor => $"{tensor.Name} [{string.Join(',', tensor.Dims)}]: {node.OpType} computes with 32 bits only")).Distinct()];
        string[] quantized = [.. before.Where(name => after.Contains(name + GraphWeights.Int8Suffix))];
        if (quantized.Length == 0)
            throw new InvalidOperationException($"Quantize: expected a network with an LSTM, a table of word vectors or a large linear layer, which ONNX Runtime computes with 8-bit weights; got none. {(kept.Length > 0 ? string.Join("; ", kept) : "It has no weights worth it")}. Train it with the cell Lstm, or keep it as it is.");
        if (proto.OpsetImport.All(opset => opset.Domain != QuantizedOperator.Domain)) proto.OpsetImport.Add(new OperatorSetIdProto { Domain = QuantizedOperator.Domain, Version = 1 });
        return new QuantizedGraph(proto.ToByteArray(), quantized, kept);
    }

    /// <summary>Weights that nobody reads any more, and what turned them over.</summary>
    private static void RemoveUnused(GraphProto graph)
    {
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        HashSet<string> read = [.. graph.Node.SelectMany(node => node.Input), .. outputs];
        NodeProto[] used = [.. graph.Node.Where(node => node.Output.Any(read.Contains))];
        graph.Node.Clear();
        graph.Node.AddRange(used);
        read = [.. graph.Node.SelectMany(node => node.Input), .. outputs];
        TensorProto[] weights = [.. graph.Initializer.Where(tensor => read.Contains(tensor.Name))];
        graph.Initializer.Clear();
        graph.Initializer.AddRange(weights);
    }
}
