using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>
/// Takes constants out of constants of one more dimension, such as the weights of one direction of a layer over grids, so that the operator that reads them can
/// be quantized.
/// </summary>
internal static class TakenWeights
{
    private const int FloatType = 1, Int64Type = 7;

    /// <summary>Replaces the nodes that take a part of a constant by constants.</summary>
    public static void Fold(GraphProto graph)
    {
        Dictionary<string, TensorProto> constants = graph.Initializer.ToDictionary(tensor => tensor.Name);
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == "Gather").ToArray())
        {
            if (!constants.TryGetValue(node.Input[0], out TensorProto? whole) || whole is not { DataType: FloatType, Dims.Count: > 1 }) continue;
            if (!constants.TryGetValue(node.Input[1], out TensorProto? index) || index is not { DataType: Int64Type, Dims.Count: 0 }) continue;
            if (node.Attribute.Any(attribute => attribute is { Name: "axis", I: not 0 })) continue;
            int size = whole.RawData.Length / (int)whole.Dims[0], number = (int)MemoryMarshal.Read<long>(index.RawData.Span);
            var part = new TensorProto
            {
                Name = node.Output[0],
                DataType = FloatType,
                RawData = ByteString.CopyFrom(whole.RawData.Span.Slice(number * size, size)),
            };
            part.Dims.AddRange(whole.Dims.Skip(1));
            graph.Initializer.Add(constants[part.Name] = part);
            graph.Node.Remove(node);
        }
    }
}
