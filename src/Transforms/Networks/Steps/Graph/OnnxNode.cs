namespace MlNetRnn.Networks;

/// <summary>An operator in an ONNX graph.</summary>
/// <param name="Operator">The kind of operator; for one that is not of ONNX itself, after its domain and a dot.</param>
/// <param name="Inputs">The names of its inputs; an empty name is an absent input.</param>
/// <param name="Outputs">The names of its results.</param>
/// <param name="Attributes">The attributes by name.</param>
internal sealed record OnnxNode(
    string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    private const int InputField = 1, OutputField = 2, OperatorField = 4, AttributeField = 5, DomainField = 7;

    /// <summary>Returns the name of an input; empty if it is absent.</summary>
    public string Input(int index) => index < Inputs.Count ? Inputs[index] : "";

    /// <summary>Returns an integer attribute.</summary>
    public long Integer(string name, long otherwise) => Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute.Integer : otherwise;

    /// <summary>Reads a NodeProto.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static OnnxNode Read(ReadOnlySpan<byte> message)
    {
        (string kind, string domain) = ("", "");
        List<string> inputs = [], outputs = [];
        var attributes = new Dictionary<string, OnnxAttribute>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case InputField: inputs.Add(reader.ReadText()); break;
                case OutputField: outputs.Add(reader.ReadText()); break;
                case OperatorField: kind = reader.ReadText(); break;
                case DomainField: domain = reader.ReadText(); break;
                case AttributeField:
                    var attribute = OnnxAttribute.Read(reader.ReadBytes());
                    attributes[attribute.Name] = attribute;
                    break;
                default: reader.Skip(); break;
            }
        }
        return new OnnxNode(domain is "" or "ai.onnx" ? kind : $"{domain}.{kind}", inputs, outputs, attributes);
    }
}
