using MlNetRnn.Networks;
using MlNetRnn.Onnx;

namespace MlNetRnn.Trainers.Tests.Networks.Steps;

/// <summary>A random network that predicts the next symbol, as an ONNX graph.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Activation">The activation of the candidate state (GRU), or of the state (Elman).</param>
/// <param name="Hidden">H.</param>
/// <param name="Symbols">V.</param>
/// <param name="Layers">Number of layers.</param>
internal sealed record StepNetworkCase(string Cell, string Activation, int Hidden, int Symbols, int Layers)
{
    /// <summary>E.</summary>
    public int Embedding { get; init; } = 10;

    /// <summary>Whether a linear layer follows the recurrent layers, and the embedding is the output matrix.</summary>
    public bool IsTied { get; init; }

    /// <summary>Whether the output layer is a product with a transposed matrix and a sum instead of one operator.</summary>
    public bool HasSplitOutput { get; init; }

    /// <summary>Additional attributes of the recurrent operators.</summary>
    public (string Name, object Value)[] Attributes { get; init; } = [];

    public bool HasMemory => Cell == "LSTM";

    private int Gates => Cell switch { "LSTM" => 4, "RNN" => 1, _ => 3 };

    /// <summary>The names of the states that go into the graph, in order.</summary>
    public IEnumerable<string> States => from layer in Enumerable.Range(0, Layers)
                                         from name in HasMemory ? new[] { NetworkSignature.Hidden(layer), NetworkSignature.Memory(layer) }
                                                                : [NetworkSignature.Hidden(layer)]
                                         select name;

    public byte[] ToGraph(int seed = 1)
    {
        var random = new Random(seed);
        var graph = new OnnxGraph("step", "");
        string tokens = graph.InputInt64(NetworkSignature.Tokens, "", "batch", "steps"), lengths = graph.InputInt32(NetworkSignature.Lengths, "", "batch");
        graph.InputInt64(NetworkSignature.Targets, "", "batch", "steps");
        string table = Weights("embedding", 1, Symbols, Embedding);
        string x = graph.Node("Transpose", [graph.Node("Gather", [table, tokens])], ("perm", new long[] { 1, 0, 2 }));      // [T,B,E]
        string last = "";
        for (int i = 0; i < Layers; i++) (x, last) = Layer(i, x);
        string state = graph.Node("Squeeze", [last, graph.Constant([0], 1)]);                                              // [B,H]
        int size = Hidden;
        if (IsTied)
        {
            state = graph.Node("Gemm", [state, Weights("projection.weight", 1, Embedding, Hidden), Weights("projection.bias", 1, Embedding)], ("transB", 1L));
            size = Embedding;
        }
        string output = IsTied ? table : Weights("output.weight", 2, Symbols, size), bias = Weights("output.bias", 1, Symbols);
        graph.OutputFloat(NetworkSignature.Logits, "", "batch", Symbols);
        if (HasSplitOutput)
        {
            string transposed = graph.Node("Transpose", [output], ("perm", new long[] { 1, 0 }));
            graph.NamedNode(NetworkSignature.Logits, "Add", [graph.Node("MatMul", [state, transposed]), bias]);
        }
        else
        {
            graph.NamedNode(NetworkSignature.Logits, "Gemm", [state, output, bias], ("transB", 1L));
        }
        return graph.ToBytes();

        string Weights(string name, float scale, params long[] shape)
        {
            var numbers = new float[shape.Aggregate(1L, (product, dimension) => product * dimension)];
            for (int i = 0; i < numbers.Length; i++) numbers[i] = scale * (float)(2 * random.NextDouble() - 1) / MathF.Sqrt(Math.Max(4, shape[^1]) / 3f);
            return graph.Constant(name, numbers, shape);
        }

        (string States, string Final) Layer(int i, string input)
        {
            string recurrent = Cell == "MinGru"
                ? graph.Node("ConstantOfShape", [graph.Constant([1, 3 * Hidden, Hidden], 3)])
                // The states of an Elman network with an unbounded activation must not grow.
                : Weights($"recurrent.{i}.recurrent", Cell == "RNN" ? 0.5f : 1, 1, Gates * Hidden, Hidden);
            string[] states = [.. States.Where(name => name.EndsWith($"_{i}")).Select(name => graph.InputFloat(name, "", 1, "batch", Hidden))];
            string[] inputs =
            [
                input, Weights($"recurrent.{i}.weight", 1, 1, Gates * Hidden, i == 0 ? Embedding : Hidden), recurrent,
                Weights($"recurrent.{i}.bias", 0.3f, 1, 2 * Gates * Hidden), lengths, .. states,
            ];
            string[] results = graph.Node(Cell is "MinGru" or "GRU after" ? "GRU" : Cell, inputs, 1 + states.Length, [.. OfOperator, .. Attributes]);
            for (int s = 0; s < states.Length; s++)
            {
                graph.OutputFloat(NetworkSignature.Next(states[s]), "", 1, "batch", Hidden);
                graph.NamedNode(NetworkSignature.Next(states[s]), "Identity", [results[1 + s]]);
            }
            return (graph.Node("Squeeze", [results[0], graph.Constant([1], 1)]), results[1]);                              // [T,B,H], [1,B,H]
        }
    }

    private (string, object)[] OfOperator =>
    [
        ("hidden_size", (long)Hidden),
        .. Cell == "LSTM" ? [] : new (string, object)[] { ("activations", Cell == "RNN" ? new[] { Activation } : ["Sigmoid", Activation]) },
        .. Activation == "Affine" ? new (string, object)[] { ("activation_alpha", new[] { 1f }), ("activation_beta", new[] { 0f }) } : [],
        .. Cell.StartsWith("GRU") ? new (string, object)[] { ("linear_before_reset", Cell == "GRU after" ? 1L : 0L) } : [],
    ];
}
