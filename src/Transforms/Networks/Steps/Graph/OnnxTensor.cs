namespace MlNetRnn.Networks;

/// <summary>Weights in an ONNX graph.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Numbers">The numbers, the last dimension without gaps.</param>
internal sealed record OnnxTensor(string Name, long[] Shape, float[] Numbers)
{
    private const int Dims = 1, DataType = 2, FloatData = 4, NameField = 8, RawData = 9, ExternalData = 13;
    private const int Float = 1;

    /// <summary>Reads a TensorProto.</summary>
    /// <returns>Null for numbers that are not 32-bit floats, or that are in another file.</returns>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static OnnxTensor? Read(ReadOnlySpan<byte> message)
    {
        var shape = new List<long>();
        var numbers = new List<float>();
        (string name, long type, bool isExternal) = ("", 0, false);
        ReadOnlySpan<byte> raw = default;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case Dims: reader.ReadInto(shape); break;
                case DataType: type = reader.ReadInteger(); break;
                case FloatData: reader.ReadInto(numbers); break;
                case NameField: name = reader.ReadText(); break;
                case RawData: raw = reader.ReadBytes(); break;
                case ExternalData: isExternal = true; reader.Skip(); break;
                default: reader.Skip(); break;
            }
        }
        if (type != Float || isExternal) return null;
        float[] values = raw.IsEmpty ? [.. numbers] : ProtobufReader.ToFloats(raw);
        return Count(shape) == values.Length
            ? new OnnxTensor(name, [.. shape], values)
            : throw ProtobufReader.Damaged($"'{name}' has the shape [{string.Join(',', shape)}], but {values.Length} numbers");
    }

    /// <summary>Returns the number of numbers of a shape; -1 if no array has so many.</summary>
    private static long Count(List<long> shape)
    {
        long count = 1;
        foreach (long dimension in shape)
        {
            if (dimension < 0 || dimension > int.MaxValue) return -1;
            count *= dimension;
            if (count > int.MaxValue) return -1;
        }
        return count;
    }
}
