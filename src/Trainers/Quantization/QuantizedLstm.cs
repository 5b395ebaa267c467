using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Quantization;

/// <summary>The operator DynamicQuantizeLSTM of ONNX Runtime. It rounds inputs and states to 8 bits at each step, with the scale of their batch.</summary>
internal sealed class QuantizedLstm : QuantizedOperator
{
    private const int Input = 1, Recurrence = 2, Bias = 3, Lengths = 4, LeastInputs = 5, MostInputs = 8;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        if (node.Input.Count is < LeastInputs or > MostInputs) return null;
        if (weights.Find(node.Input[Input]) is not { } w || weights.Find(node.Input[Recurrence]) is not { } r) return null;
        (string Numbers, string Scales, string Zeros) input = Add(w, weights), recurrence = Add(r, weights);
        // The initial state, the initial memory and the peepholes, which may be missing or have an empty name.
        IEnumerable<string> optional = node.Input.Skip(LeastInputs).Concat(Enumerable.Repeat("", MostInputs - node.Input.Count));
        string[] inputs =
        [
            node.Input[0], input.Numbers, recurrence.Numbers, node.Input[Bias], node.Input[Lengths], .. optional,
            input.Scales, input.Zeros, recurrence.Scales, recurrence.Zeros,
        ];
        return [Node("DynamicQuantizeLSTM", Domain, inputs, node.Output, node.Attribute)];
    }

    /// <summary>Adds the weights [D,4·H,I] as 8-bit weights [D,I,4·H] with a scale for each of the 4·H rows.</summary>
    private static (string Numbers, string Scales, string Zeros) Add(TensorProto tensor, GraphWeights weights)
    {
        (long directions, long gates, long inputs) = (tensor.Dims[0], tensor.Dims[1], tensor.Dims[2]);
        Int8Weights int8 = GraphWeights.RowsToInt8(tensor);
        return (
            weights.AddInt8(tensor.Name + Int8, int8.Transposed((int)gates), directions, inputs, gates),
            weights.AddFloat(tensor.Name + Scale, int8.Scales, directions, gates),
            weights.AddInt8(tensor.Name + ".zero", new byte[int8.Scales.Length], directions, gates));
    }
}
