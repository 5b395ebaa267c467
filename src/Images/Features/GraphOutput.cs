using System.Text;

namespace MlNetRnn.Images.Features;

/// <summary>Makes an inner tensor of an ONNX graph an output of the graph.</summary>
/// <remarks>
/// Messages of protobuf can be concatenated: a parser merges the second one into the first, and appends to repeated fields. So a model with a graph that has
/// nothing but an output is appended to the model, and neither a parser nor the ONNX schema is required.
/// </remarks>
internal static class GraphOutput
{
    // Field numbers of ModelProto.graph, GraphProto.output, ValueInfoProto.name and .type, TypeProto.tensor_type, Tensor.elem_type and .shape,
    // TensorShapeProto.dim, Dimension.dim_value in the ONNX schema.
    private const int Graph = 7, Output = 12, Name = 1, Type = 2, TensorType = 1, ElementType = 1, Shape = 2, Dimension = 1, Value = 1;

    private const int Float = 1, Varint = 0, LengthDelimited = 2;

    /// <summary>Returns a model with an additional output.</summary>
    /// <param name="model">The serialized model.</param>
    /// <param name="name">The name of a tensor of 32-bit floating-point numbers.</param>
    /// <param name="sizes">The sizes of the tensor.</param>
    public static byte[] Add(byte[] model, string name, params int[] sizes)
    {
        byte[] shape = [.. sizes.SelectMany(size => Message(Dimension, Number(Value, size)))];
        byte[] type = Message(TensorType, [.. Number(ElementType, Float), .. Message(Shape, shape)]);
        byte[] output = [.. Message(Name, Encoding.UTF8.GetBytes(name)), .. Message(Type, type)];
        return [.. model, .. Message(Graph, Message(Output, output))];
    }

    private static byte[] Message(int field, byte[] content) => [.. Variable(field << 3 | LengthDelimited), .. Variable(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Variable(field << 3 | Varint), .. Variable(value)];

    private static IEnumerable<byte> Variable(int value)
    {
        for (; value > 127; value >>= 7) yield return (byte)(value & 127 | 128);
        yield return (byte)value;
    }
}
