using MlNetRnn.Networks;
using MlNetRnn.Onnx;

namespace MlNetRnn.Benchmarks;

/// <summary>An untrained LSTM over characters that predicts the next one, as a graph of one step.</summary>
internal sealed class GenerationNetwork
{
    public const int Symbols = 65;
    public const string Probabilities = "probabilities";

    private const int Embedding = 128;

    private readonly Random _random = new(1);

    public GenerationNetwork(int hidden, int symbols = Symbols)
    {
        Hidden = hidden;
        var graph = new OnnxGraph("step", "");
        string x = graph.Node("Gather", [Weights(graph, "embedding", symbols, Embedding), graph.InputInt64(NetworkSignature.Tokens, "", 1, "batch")]);
        string[] states = [NetworkSignature.Hidden(0), NetworkSignature.Memory(0)];
        string[] inputs =
        [
            x, Weights(graph, "w", 1, 4 * hidden, Embedding), Weights(graph, "r", 1, 4 * hidden, hidden), Weights(graph, "b", 1, 8 * hidden), "",
            .. states.Select(state => graph.InputFloat(state, "", 1, "batch", hidden)),
        ];
        string[] results = graph.Node("LSTM", inputs, 3, ("hidden_size", (long)hidden));
        for (int i = 0; i < states.Length; i++)
        {
            graph.OutputFloat(NetworkSignature.Next(states[i]), "", 1, "batch", hidden);
            graph.NamedNode(NetworkSignature.Next(states[i]), "Identity", [results[i + 1]]);
        }
        string row = graph.Node("Squeeze", [results[1], graph.Constant([0], 1)]);                       // [B,H]
        string logits = graph.Node("Gemm", [row, Weights(graph, "o", symbols, hidden), Weights(graph, "c", symbols)], ("transB", 1L));
        graph.OutputFloat(Probabilities, "", "batch", symbols);
        graph.NamedNode(Probabilities, "Softmax", [logits], ("axis", -1L));
        Graph = graph.ToBytes();
        Managed = StepNetworkWeights.Find(Graph, logits)!;
    }

    /// <summary>H.</summary>
    public int Hidden { get; }

    /// <summary>The graph: tokens [1,B] and the state → probabilities [B,V] and the next state.</summary>
    public byte[] Graph { get; }

    /// <summary>The same network without native code.</summary>
    public StepNetworkWeights Managed { get; }

    /// <summary>The number of bytes that any implementation must read in a step: the recurrent weights and those of the output.</summary>
    public int WeightBytes => sizeof(float) * (4 * Hidden * Hidden + Symbols * Hidden);

    private string Weights(OnnxGraph graph, string name, params long[] shape)
    {
        var numbers = new float[shape.Aggregate(1L, (product, dimension) => product * dimension)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)(2 * _random.NextDouble() - 1) / MathF.Sqrt(Hidden);
        return graph.Constant(name, numbers, shape);
    }
}
