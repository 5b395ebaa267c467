using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Onnx;

/// <summary>A builder of ONNX graphs. Each operator returns the name of its result, which later operators use as an input.</summary>
internal sealed class OnnxGraph(string name, string documentation)
{
    // Values of onnx.TensorProto.DataType.
    private const int FloatType = 1, Int32Type = 6, Int64Type = 7;
    private const int IrVersion = 8, Opset = 17;

    private readonly GraphProto _graph = new() { Name = name, DocString = documentation };
    private readonly Dictionary<string, TensorProto> _constants = [];
    private readonly OnnxGraph? _outer;
    private int _values;

    private OnnxGraph(string name, OnnxGraph outer)
        : this(name, "") => _outer = outer;

    /// <summary>Declares an input of 64-bit integers. A dimension of variable size is given as a name.</summary>
    public string InputInt64(string value, string documentation, params object[] shape) => Declare(_graph.Input, value, Int64Type, documentation, shape);

    public string InputInt32(string value, string documentation, params object[] shape) => Declare(_graph.Input, value, Int32Type, documentation, shape);

    public string InputFloat(string value, string documentation, params object[] shape) => Declare(_graph.Input, value, FloatType, documentation, shape);

    public void OutputFloat(string value, string documentation, params object[] shape) => Declare(_graph.Output, value, FloatType, documentation, shape);

    /// <summary>
    /// Begins the body of an operator such as Scan. It can use all values of this graph; its constants are those of this graph. Pass it as an attribute.
    /// </summary>
    public OnnxGraph Body(string name) => new(name, this);

    /// <summary>Declares an input of a body, whose shape the operator determines.</summary>
    public string BodyInput(string stem) => Declare(_graph.Input, NewName(stem), FloatType, "", []);

    /// <summary>Declares a value as the next output of a body.</summary>
    public void BodyOutput(string value) => Declare(_graph.Output, value, FloatType, "", []);

    /// <summary>Adds weights. Weights that several operators use, such as tied embeddings, are written once.</summary>
    public string Constant(string value, ReadOnlySpan<float> numbers, params long[] shape) =>
        Initializer(value, FloatType, MemoryMarshal.AsBytes(numbers), shape);

    /// <summary>Adds integer constants, such as shapes and axes.</summary>
    public string Constant(ReadOnlySpan<long> numbers, params long[] shape) =>
        Initializer(NewName("constant"), Int64Type, MemoryMarshal.AsBytes(numbers), shape);

    /// <summary>Adds integers with a name, which training can continue from.</summary>
    public string Integers(string value, ReadOnlySpan<long> numbers, params long[] shape) =>
        Initializer(value, Int64Type, MemoryMarshal.AsBytes(numbers), shape);

    /// <summary>Adds a single number.</summary>
    public string Scalar(float number) => Initializer(NewName("constant"), FloatType, MemoryMarshal.AsBytes([number]), []);

    /// <summary>Adds an operator with one result.</summary>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes) => Node(operation, inputs, 1, attributes)[0];

    /// <summary>Adds an operator with several results.</summary>
    public string[] Node(string operation, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string[] results = Enumerable.Range(0, outputs).Select(_ => NewName(operation)).ToArray();
        Add(operation, inputs, results, attributes);
        return results;
    }

    /// <summary>Adds an operator whose result has a given name, for the outputs of the graph.</summary>
    public void NamedNode(string result, string operation, string[] inputs, params (string Name, object Value)[] attributes) =>
        Add(operation, inputs, [result], attributes);

    public byte[] ToBytes() => new ModelProto
    {
        IrVersion = IrVersion,
        ProducerName = "MlNetRnn",
        ProducerVersion = typeof(OnnxGraph).Assembly.GetName().Version!.ToString(3),
        Graph = _graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
    }.ToByteArray();

    private void Add(string operation, string[] inputs, string[] results, (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { Name = $"{operation}_{_graph.Node.Count}", OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.AddRange(results);
        node.Attribute.AddRange(attributes.Select(a => Attribute(a.Name, a.Value)));
        _graph.Node.Add(node);
    }

    private string Initializer(string value, int type, ReadOnlySpan<byte> content, long[] shape)
    {
        if (_outer is not null) return _outer.Initializer(value, type, content, shape);
        if (_constants.TryGetValue(value, out TensorProto? known))
        {
            return known.RawData.Span.SequenceEqual(content)
                ? value
                : throw new InvalidOperationException($"ONNX graph: expected one set of weights with the name '{value}', got two different ones.");
        }
        _constants[value] = new TensorProto { Name = value, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(content) };
        _graph.Initializer.Add(_constants[value]);
        return value;
    }

    private string NewName(string stem) => _outer?.NewName(stem) ?? $"{stem.ToLowerInvariant()}_{_values++}";

    private static AttributeProto Attribute(string name, object value) => value switch
    {
        long i => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = i },
        OnnxGraph body => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = body._graph },
        string s => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(s) },
        long[] ints => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { ints } },
        float[] numbers => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { numbers } },
        string[] texts => new AttributeProto
        {
            Name = name,
            Type = AttributeProto.Types.AttributeType.Strings,
            Strings = { texts.Select(ByteString.CopyFromUtf8) },
        },
        _ => throw new ArgumentException(
            $"Attribute '{name}': expected an integer, a string, a list of integers, numbers or strings, or a graph, got {value.GetType()}.", nameof(value)),
    };

    private static string Declare(ICollection<ValueInfoProto> where, string value, int type, string documentation, object[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (object dimension in shape)
            dimensions.Dim.Add(dimension is string varies
                ? new TensorShapeProto.Types.Dimension { DimParam = varies }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(dimension) });
        var tensor = new TypeProto.Types.Tensor { ElemType = type };
        // Without a shape, ONNX Runtime infers it.
        if (shape.Length > 0) tensor.Shape = dimensions;
        where.Add(new ValueInfoProto { Name = value, DocString = documentation, Type = new TypeProto { TensorType = tensor } });
        return value;
    }
}
