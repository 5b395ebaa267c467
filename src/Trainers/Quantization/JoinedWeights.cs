using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>
/// Joins constants that a graph joins along their last dimension, such as the weights of several inputs of a recurrent layer, so that the operator that reads
/// them can be quantized.
/// </summary>
internal static class JoinedWeights
{
    private const int FloatType = 1;

    /// <summary>Replaces the nodes that join constants by constants.</summary>
    public static void Fold(GraphProto graph)
    {
        Dictionary<string, TensorProto> constants = graph.Initializer.Where(tensor => tensor.DataType == FloatType).ToDictionary(tensor => tensor.Name);
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == "Concat").ToArray())
        {
            TensorProto[] parts = [.. node.Input.Select(constants.GetValueOrDefault).OfType<TensorProto>()];
            if (parts.Length != node.Input.Count || node.Attribute[0].I != parts[0].Dims.Count - 1) continue;
            graph.Initializer.Add(Join(node.Output[0], parts));
            graph.Node.Remove(node);
        }
    }

    private static TensorProto Join(string name, TensorProto[] parts)
    {
        int columns = (int)parts.Sum(part => part.Dims[^1]), rows = (int)parts[0].Dims.SkipLast(1).Aggregate(1L, (product, size) => product * size), column = 0;
        var numbers = new float[rows * columns];
        foreach (TensorProto part in parts)
        {
            int own = (int)part.Dims[^1];
            ReadOnlySpan<float> from = MemoryMarshal.Cast<byte, float>(part.RawData.Span);
            for (int row = 0; row < rows; row++) from.Slice(row * own, own).CopyTo(numbers.AsSpan(row * columns + column));
            column += own;
        }
        return new TensorProto
        {
            Name = name,
            DataType = FloatType,
            Dims = { (long[])[.. parts[0].Dims.SkipLast(1), columns] },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers.AsSpan())),
        };
    }
}
