using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Onnx;

/// <summary>The numbers inside a graph that this library wrote.</summary>
internal static class OnnxWeights
{
    private const int FloatType = 1;

    /// <summary>The initializers by name.</summary>
    /// <exception cref="FormatException">The bytes are no ONNX model.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(byte[] model)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(model).Graph.Initializer
                .Where(tensor => tensor.DataType == FloatType)
                .ToDictionary(tensor => tensor.Name, tensor => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or NullReferenceException)
        {
            throw new FormatException($"Network graph: expected an ONNX model, got something else ({e.Message}). The model is damaged.", e);
        }
    }
}
