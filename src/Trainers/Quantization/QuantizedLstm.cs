using MlNetRnn.MLNetBridge;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;


namespace MlNetRnn.Quantization;

/// <summary>ONNX Runtime's DynamicQuantizeLSTM: inputs and states become 8-bit integers step by step, each with the scale of its batch.</summary>
internal sealed class QuantizedLstm : QuantizedOperator
{
    private const int Input = 1, Recurrence = 2, Bias = 3, Lengths = 4, Inputs = 5;

    public override IReadOnlyList<NodeProto>? Replace(NodeProto node, GraphWeights weights)
    {
        if (node.Input.Count != Inputs || weights.Find(node.Input[Input]) is not { } w || weights.Find(node.Input[Recurrence]) is not { } r) return null;
        (string Numbers, string Scales, string Zeros) input = Add(w, weights), recurrence = Add(r, weights);
        // The three empty names are first state, first memory and peepholes.
        return
        [
            Node("DynamicQuantizeLSTM", Domain,
                [node.Input[0], input.Numbers, recurrence.Numbers, node.Input[Bias], node.Input[Lengths], "", "", "", input.Scales, input.Zeros, recurrence.Scales, recurrence.Zeros],
                node.Output, node.Attribute),
        ];
    }

    /// <summary>[D,4·H,I] → [D,I,4·H], with a scale for each of the 4·H.</summary>
    private static (string Numbers, string Scales, string Zeros) Add(TensorProto tensor, GraphWeights weights)
    {
        (long directions, long gates, long inputs) = (tensor.Dims[0], tensor.Dims[1], tensor.Dims[2]);
        Int8Weights int8 = GraphWeights.RowsToInt8(tensor);
        return (
            weights.AddInt8(tensor.Name + GraphWeights.Int8Suffix, int8.Transposed((int)gates), directions, inputs, gates),
            weights.AddFloat(tensor.Name + ".scale", int8.Scales, directions, gates),
            weights.AddInt8(tensor.Name + ".zero", new byte[int8.Scales.Length], directions, gates));
    }
}
