using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Onnx;

/// <summary>Reads the weights in a graph that this library has written.</summary>
internal static class OnnxWeights
{
    private const int FloatType = 1, Int64Type = 7;

    /// <summary>Returns the initializers by name.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(byte[] model) => Parse(model).Graph.Initializer
        .Where(tensor => tensor.DataType == FloatType)
        .ToDictionary(tensor => tensor.Name, tensor => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());

    /// <summary>Returns the initializers of 64-bit integers by name.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static IReadOnlyDictionary<string, long[]> ReadIntegers(byte[] model) => Parse(model).Graph.Initializer
        .Where(tensor => tensor.DataType == Int64Type)
        .ToDictionary(tensor => tensor.Name, tensor => MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray());

    /// <summary>Parses a model without copying its weights.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static ModelProto Parse(byte[] model)
    {
        try
        {
            ModelProto proto = ModelProto.Parser.ParseFrom(model);
            return proto.Graph is not null ? proto : throw Damaged("no graph", null);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Damaged(e.Message, e);
        }

        static FormatException Damaged(string why, Exception? inner) =>
            new($"Network graph: expected an ONNX model, got something else ({why}). The model file is damaged.", inner);
    }
}
