using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>The weights of a graph, some of which are being converted to 8-bit integers.</summary>
internal sealed class GraphWeights
{
    /// <summary>Suffix of the name of 8-bit weights, after the name of the 32-bit weights.</summary>
    public const string Int8Suffix = ".int8";

    private const int FloatType = 1, Int8Type = 3;

    private readonly GraphProto _graph;
    private readonly Dictionary<string, TensorProto> _byName;
    private readonly Dictionary<string, string> _transposed;

    public GraphWeights(GraphProto graph)
    {
        _graph = graph;
        _byName = graph.Initializer.Where(tensor => tensor.DataType == FloatType).ToDictionary(tensor => tensor.Name);
        _transposed = graph.Node
            .Where(node => node.OpType == "Transpose" && _byName.TryGetValue(node.Input[0], out TensorProto? tensor) && tensor.Dims.Count == 2)
            .ToDictionary(node => node.Output[0], node => node.Input[0]);
    }

    /// <summary>Returns the weights with a name; null if the value is computed.</summary>
    public TensorProto? Find(string value) => _byName.GetValueOrDefault(value);

    /// <summary>Returns the matrix whose transpose is a value of the graph; null if the value is something else.</summary>
    public TensorProto? FindTransposed(string value) => _transposed.TryGetValue(value, out string? name) ? _byName[name] : null;

    /// <summary>Returns whether the transpose of a table is also a factor of a matrix product, as with tied embeddings.</summary>
    public bool IsFactor(TensorProto table) => _transposed.ContainsValue(table.Name);

    /// <summary>Converts the vectors of a table, one scale per vector.</summary>
    public static Int8Weights VectorsToInt8(TensorProto table) => new(Numbers(table), (int)table.Dims[^1], Int8Weights.Maximum);

    /// <summary>Converts a factor of a matrix product, one scale per row.</summary>
    public static Int8Weights RowsToInt8(TensorProto matrix) => new(Numbers(matrix), (int)matrix.Dims[^1], Int8Weights.MaximumFactor);

    /// <summary>Converts a factor of a matrix product, one scale per column.</summary>
    public static Int8Weights ColumnsToInt8(TensorProto matrix)
    {
        (int rows, int columns) = ((int)matrix.Dims[0], (int)matrix.Dims[1]);
        ReadOnlySpan<float> numbers = Numbers(matrix);
        var transposed = new float[numbers.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) transposed[c * rows + r] = numbers[r * columns + c];
        return new Int8Weights(transposed, rows, Int8Weights.MaximumFactor);
    }

    /// <summary>Adds 8-bit weights and returns their name.</summary>
    public string AddInt8(string name, ReadOnlySpan<byte> numbers, params long[] shape) => Add(name, Int8Type, numbers, shape);

    /// <summary>Adds 32-bit weights and returns their name.</summary>
    public string AddFloat(string name, ReadOnlySpan<float> numbers, params long[] shape) => Add(name, FloatType, MemoryMarshal.AsBytes(numbers), shape);

    private static ReadOnlySpan<float> Numbers(TensorProto weights) => MemoryMarshal.Cast<byte, float>(weights.RawData.Span);

    // Weights that operators share are added once.
    private string Add(string name, int type, ReadOnlySpan<byte> content, long[] shape)
    {
        if (_graph.Initializer.All(tensor => tensor.Name != name))
            _graph.Initializer.Add(new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(content) });
        return name;
    }
}
