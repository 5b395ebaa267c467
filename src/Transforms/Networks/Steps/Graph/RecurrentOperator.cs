namespace MlNetRnn.Networks;

/// <summary>Reads the recurrent operators of ONNX.</summary>
internal static class RecurrentOperator
{
    private const int Weight = 1, Recurrent = 2, Bias = 3, Peepholes = 7;

    public static bool IsKnown(OnnxNode? node) => node?.Operator is "RNN" or "LSTM" or "GRU";

    /// <summary>Returns the layer; null if the operator is used in a way that only ONNX Runtime supports.</summary>
    /// <param name="node">An operator that is known.</param>
    /// <param name="weights">The weights of the graph.</param>
    /// <param name="hasNoRecurrence">Whether the recurrent weights are 0.</param>
    /// <exception cref="FormatException">The weights do not fit.</exception>
    public static StepLayerDescription? Describe(OnnxNode node, IReadOnlyDictionary<string, OnnxTensor> weights, bool hasNoRecurrence)
    {
        if (!IsPlain(node) || Cell(node, hasNoRecurrence) is not var (cell, activation)) return null;
        if (!weights.TryGetValue(node.Input(Weight), out OnnxTensor? w) || w.Shape is not [1, var rows, var inputs] || inputs < 1) return null;
        int gates = cell switch { StepCell.Elman => 1, StepCell.Lstm => 4, _ => 3 };
        int hidden = (int)(rows / gates);
        if (hidden < 1 || hidden * gates != rows || node.Integer("hidden_size", hidden) != hidden)
            throw ProtobufReader.Damaged($"{node.Operator} has {rows} rows of weights and the hidden size {node.Integer("hidden_size", hidden)}");
        WeightMatrix? recurrent = null;
        if (cell != StepCell.MinimalGru)
        {
            if (!weights.TryGetValue(node.Input(Recurrent), out OnnxTensor? r)) return null;
            if (r.Shape is not [1, var recurrentRows, var columns] || recurrentRows != rows || columns != hidden)
                throw ProtobufReader.Damaged($"{node.Operator} has recurrent weights of the shape [{string.Join(',', r.Shape)}]");
            recurrent = new WeightMatrix(r.Numbers, (int)rows, hidden);
        }
        float[] bias = new float[2 * rows];
        if (node.Input(Bias).Length > 0)
        {
            if (!weights.TryGetValue(node.Input(Bias), out OnnxTensor? b)) return null;
            if (b.Numbers.Length != bias.Length) throw ProtobufReader.Damaged($"{node.Operator} has {b.Numbers.Length} biases");
            bias = b.Numbers;
        }
        return new StepLayerDescription(cell, activation, hidden, new WeightMatrix(w.Numbers, (int)rows, (int)inputs), recurrent, bias);
    }

    private static bool IsPlain(OnnxNode node) =>
        (!node.Attributes.TryGetValue("direction", out OnnxAttribute? direction) || direction.Text == "forward")
        && node.Integer("layout", 0) == 0 && node.Integer("input_forget", 0) == 0 && !node.Attributes.ContainsKey("clip")
        && node.Input(Peepholes).Length == 0;

    private static (StepCell Cell, StepActivation Activation)? Cell(OnnxNode node, bool hasNoRecurrence)
    {
        string[] names = node.Attributes.TryGetValue("activations", out OnnxAttribute? attribute) ? attribute.Texts : [];
        bool resetsAfter = node.Integer("linear_before_reset", 0) != 0;
        return (node.Operator, names) switch
        {
            ("LSTM", [] or ["Sigmoid", "Tanh", "Tanh"]) when !hasNoRecurrence => (StepCell.Lstm, StepActivation.Tanh),
            ("RNN", []) when !hasNoRecurrence => (StepCell.Elman, StepActivation.Tanh),
            ("RNN", [var name]) when !hasNoRecurrence && Activation(node, name) is { } activation => (StepCell.Elman, activation),
            ("GRU", []) when !hasNoRecurrence || !resetsAfter => (GruCell(), StepActivation.Tanh),
            ("GRU", ["Sigmoid", var name]) when (!hasNoRecurrence || !resetsAfter) && Activation(node, name) is { } activation => (GruCell(), activation),
            _ => null,
        };

        StepCell GruCell() => hasNoRecurrence ? StepCell.MinimalGru : resetsAfter ? StepCell.GruResetAfter : StepCell.Gru;
    }

    private static StepActivation? Activation(OnnxNode node, string name) => name switch
    {
        "Tanh" => StepActivation.Tanh,
        "Sigmoid" => StepActivation.Sigmoid,
        "Relu" => StepActivation.Relu,
        // α·x + β
        "Affine" when Numbers(node, "activation_alpha") is [1] && Numbers(node, "activation_beta") is [0] => StepActivation.Identity,
        _ => null,
    };

    private static float[]? Numbers(OnnxNode node, string attribute) => node.Attributes.GetValueOrDefault(attribute)?.Numbers;
}
