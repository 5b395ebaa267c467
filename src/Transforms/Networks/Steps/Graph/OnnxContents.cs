namespace MlNetRnn.Networks;

/// <summary>The operators and weights of an ONNX graph, read without ONNX Runtime.</summary>
internal sealed class OnnxContents
{
    private const int GraphField = 7, NodeField = 1, InitializerField = 5;

    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _weights = [];

    private OnnxContents()
    {
    }

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The 32-bit weights by name.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Weights => _weights;

    /// <summary>Reads a serialized ONNX model.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static OnnxContents Read(ReadOnlySpan<byte> model)
    {
        var contents = new OnnxContents();
        bool hasGraph = false;
        var reader = new ProtobufReader(model);
        while (reader.Next())
        {
            if (reader.Field == GraphField)
            {
                contents.ReadGraph(reader.ReadBytes());
                hasGraph = true;
            }
            else
            {
                reader.Skip();
            }
        }
        return hasGraph ? contents : throw ProtobufReader.Damaged("no graph");
    }

    private void ReadGraph(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == NodeField) _nodes.Add(OnnxNode.Read(reader.ReadBytes()));
            else if (reader.Field != InitializerField) reader.Skip();
            else if (OnnxTensor.Read(reader.ReadBytes()) is { } tensor && !_weights.TryAdd(tensor.Name, tensor))
                throw ProtobufReader.Damaged($"two weights have the name '{tensor.Name}'");
        }
    }
}
