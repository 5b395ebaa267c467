using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Kernels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>The weights of a graph while some of them become 8-bit integers.</summary>
internal sealed class GraphWeights
{
    /// <summary>What the integers are called after their weights.</summary>
    public const string Int8Suffix = ".int8";

    private const int FloatType = 1, Int8Type = 3;

    private readonly GraphProto _graph;
    private readonly Dictionary<string, TensorProto> _byName;
    private readonly Dictionary<string, string> _turnedOver;

    public GraphWeights(GraphProto graph)
    {
        _graph = graph;
        _byName = graph.Initializer.Where(tensor => tensor.DataType == FloatType).ToDictionary(tensor => tensor.Name);
        _turnedOver = graph.Node.Where(node => node.OpType == "Transpose" && _byName.TryGetValue(node.Input[0], out TensorProto? tensor) && tensor.Dims.Count == 2)
            .ToDictionary(node => node.Output[0], node => node.Input[0]);
    }

    /// <summary>Weights by the name of their value; null where a value is computed.</summary>
    public TensorProto? Find(string value) => _byName.GetValueOrDefault(value);

    /// <summary>The matrix that the graph turns over to get a value; null where it is something else.</summary>
    public TensorProto? FindTurnedOver(string value) => _turnedOver.TryGetValue(value, out string? name) ? _byName[name] : null;

    /// <summary>Vectors of a table in 8 bits.</summary>
    public static Int8Weights VectorsToInt8(TensorProto table) => new(Numbers(table), (int)table.Dims[^1], Int8Weights.Greatest);

    /// <summary>Factors of a matrix product in 8 bits; rows belong together.</summary>
    public static Int8Weights RowsToInt8(TensorProto matrix) => new(Numbers(matrix), (int)matrix.Dims[^1], Int8Weights.GreatestFactor);

    /// <summary>Factors of a matrix product in 8 bits; columns belong together.</summary>
    public static Int8Weights ColumnsToInt8(TensorProto matrix)
    {
        (int rows, int columns) = ((int)matrix.Dims[0], (int)matrix.Dims[1]);
        ReadOnlySpan<float> numbers = Numbers(matrix);
        var turned = new float[numbers.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) turned[c * rows + r] = numbers[r * columns + c];
        return new Int8Weights(turned, rows, Int8Weights.GreatestFactor);
    }

    public string AddInt8(string name, ReadOnlySpan<byte> numbers, params long[] shape) => Add(name, Int8Type, numbers, shape);

    public string AddFloat(string name, ReadOnlySpan<float> numbers, params long[] shape) => Add(name, FloatType, MemoryMarshal.AsBytes(numbers), shape);

    private static ReadOnlySpan<float> Numbers(TensorProto weights) => MemoryMarshal.Cast<byte, float>(weights.RawData.Span);

    // Weights that two operators share are added once.
    private string Add(string name, int type, ReadOnlySpan<byte> content, long[] shape)
    {
        if (_graph.Initializer.All(tensor => tensor.Name != name))
            _graph.Initializer.Add(new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(content) });
        return name;
    }
}
