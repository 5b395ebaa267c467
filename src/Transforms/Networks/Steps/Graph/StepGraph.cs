namespace MlNetRnn.Networks;

/// <summary>
/// Finds the network that predicts the next symbol in an ONNX graph. It follows the values from the logits back to the symbols; only known operators are
/// accepted, so that a graph that computes something else is refused instead of misread.
/// </summary>
internal sealed partial class StepGraph
{
    // Operators that move numbers. In a single step, they have no effect on the numbers of a row.
    private static readonly HashSet<string> Moves = ["Reshape", "Transpose", "Squeeze", "Unsqueeze", "Slice", "Gather", "GatherND", "Identity"];

    private readonly IReadOnlyDictionary<string, OnnxTensor> _weights;
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private int _stepsLeft;         // A damaged graph may contain a circle.

    private StepGraph(OnnxContents contents)
    {
        (_weights, _stepsLeft) = (contents.Weights, 4 * contents.Nodes.Count);
        foreach (OnnxNode node in contents.Nodes)
            foreach (string output in node.Outputs) _producers[output] = node;
    }

    /// <summary>Returns the network that computes an output of the graph; null if it has parts that are not in <see cref="StepNetworkDescription"/>.</summary>
    /// <exception cref="FormatException">The parts do not fit, or the graph is damaged.</exception>
    public static StepNetworkDescription? Find(OnnxContents contents, string logits)
    {
        StepNetworkDescription? network = new StepGraph(contents).Trace(logits);
        network?.Validate();
        return network;
    }

    private StepNetworkDescription? Trace(string logits)
    {
        string value = logits;
        if (Producer(value) is { Operator: "LogSoftmax" } normalized) value = normalized.Input(0);
        if (Linear(ref value) is not { } last) return null;
        (LinearDescription? projection, LinearDescription output) = (Linear(ref value), last);
        if (Producer(Source(value)) is { Operator: "Tanh" }) return TraceWindow(value, projection, output);
        var layers = new Stack<StepLayerDescription>();
        while (RecurrentOperator.IsKnown(Producer(value = Source(value))))
        {
            OnnxNode node = Producer(value)!;
            if (_stepsLeft-- <= 0 || RecurrentOperator.Describe(node, _weights, IsZero(node.Input(2))) is not { } layer) return null;
            layers.Push(layer);
            value = node.Input(0);
        }
        return layers.Count > 0 && Table(value) is { } table
            ? new StepNetworkDescription(table, [.. layers], projection, output)
            : null;
    }

    /// <summary>Goes back over a linear layer.</summary>
    private LinearDescription? Linear(ref string value)
    {
        string start = Source(value);
        OnnxNode? node = Producer(start);
        string bias = "";
        if (node is { Operator: "Add" })
        {
            int matrix = Producer(node.Input(0)) is { Operator: "MatMul" } ? 0 : 1;
            bias = node.Input(1 - matrix);
            node = Producer(node.Input(matrix));
            if (node is not { Operator: "MatMul" } || !_weights.ContainsKey(bias)) return null;
        }
        WeightMatrix? weight = node switch
        {
            { Operator: "Gemm" } when IsPlain(node) => Matrix(node.Input(1)) is { } m ? node.Integer("transB", 0) != 0 ? m : m.Transposed() : null,
            { Operator: "MatMul" } => Matrix(node.Input(1))?.Transposed(),
            _ => null,
        };
        if (weight is null) return null;
        if (node!.Operator == "Gemm") bias = node.Input(2);
        if (bias.Length > 0 && !_weights.ContainsKey(bias)) return null;
        float[] biases = bias.Length > 0 ? _weights[bias].Numbers : new float[weight.Rows];
        if (biases.Length != weight.Rows) throw ProtobufReader.Damaged($"{weight.Rows} outputs, but {biases.Length} biases");
        value = node.Input(0);
        return new LinearDescription(weight, biases);

        static bool IsPlain(OnnxNode gemm) =>
            gemm.Integer("transA", 0) == 0
            && new[] { "alpha", "beta" }.All(name => !gemm.Attributes.TryGetValue(name, out OnnxAttribute? factor) || factor.Number == 1);
    }

    /// <summary>Returns the table in which the symbols are looked up.</summary>
    private WeightMatrix? Table(string value)
    {
        string source = value;
        while (Producer(source) is { } node && Moves.Contains(node.Operator) && _stepsLeft-- > 0)
        {
            if (node.Operator == "Gather" && Matrix(node.Input(0)) is { } table) return node.Integer("axis", 0) == 0 ? table : null;
            source = node.Input(0);
        }
        return null;
    }

    /// <summary>Goes back over operators that move numbers, but not over the lookup of the symbols.</summary>
    private string Source(string value)
    {
        while (Producer(value) is { } node && Moves.Contains(node.Operator) && !_weights.ContainsKey(node.Input(0)) && _stepsLeft-- > 0) value = node.Input(0);
        return value;
    }

    private OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>Returns a constant matrix, which may be transposed in the graph.</summary>
    private WeightMatrix? Matrix(string name)
    {
        if (_weights.TryGetValue(name, out OnnxTensor? tensor))
            return tensor.Shape.Length == 2 ? new WeightMatrix(tensor.Numbers, (int)tensor.Shape[0], (int)tensor.Shape[1]) : null;
        return Producer(name) is { Operator: "Transpose" } node && _weights.TryGetValue(node.Input(0), out tensor) && tensor.Shape.Length == 2
            && (!node.Attributes.TryGetValue("perm", out OnnxAttribute? order) || order.Integers is [1, 0])
                ? Matrix(node.Input(0))!.Transposed()
                : null;
    }

    /// <summary>Returns whether a value is a constant that consists of zeros.</summary>
    private bool IsZero(string name) => Producer(name) is { Operator: "ConstantOfShape" } node && !node.Attributes.ContainsKey("value");
}
